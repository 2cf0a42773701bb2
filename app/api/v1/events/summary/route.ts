import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { summariseEvents } from '@/lib/workflows/summariseEvents';

export const GET = door(routes.summariseEvents, ({ query }) => summariseEvents(query));
