import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { keepSearch, readSearches } from '@/lib/workflows/savedSearches';

export const GET = door(routes.listSearches, ({ actor }) => readSearches(actor.name));

export const POST = door(routes.saveSearch, ({ actor, body }) => keepSearch(body, actor.name));
