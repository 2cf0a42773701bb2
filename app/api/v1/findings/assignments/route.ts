import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { assignFindings } from '@/lib/workflows/decideFindings';

export const POST = door(routes.assignFindings, ({ body, actor }) => assignFindings(body, actor));
