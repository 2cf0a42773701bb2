import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { checkRules } from '@/lib/workflows/sigma/checkRules';

export const POST = door(routes.checkSigmaRules, ({ body }) => checkRules(body));
