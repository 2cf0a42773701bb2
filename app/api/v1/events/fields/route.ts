import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { listEventFields } from '@/lib/workflows/summariseEvents';

export const GET = door(routes.listEventFields, () => listEventFields());
