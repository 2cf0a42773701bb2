import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { searchEvents } from '@/lib/workflows/readEvents';

export const GET = door(routes.searchEvents, ({ query }) => searchEvents(query));
