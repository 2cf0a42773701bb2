import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readAudit } from '@/lib/workflows/readAudit';

export const GET = door(routes.listAudit, ({ query }) => readAudit(query));
