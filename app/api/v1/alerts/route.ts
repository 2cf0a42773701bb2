import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readAlerts } from '@/lib/workflows/readAlerts';

export const GET = door(routes.listAlerts, ({ query }) => readAlerts(query));
