import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { giveVerdicts } from '@/lib/workflows/decideFindings';

export const POST = door(routes.giveVerdicts, ({ body, actor }) => giveVerdicts(body, actor));
