import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readRules } from '@/lib/workflows/sigma/readRules';

export const GET = door(routes.listSigmaRules, ({ query }) => readRules(query));
