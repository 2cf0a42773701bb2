import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { listEventValues } from '@/lib/workflows/summariseEvents';

export const GET = door(routes.listEventValues, ({ query }) => listEventValues(query));
