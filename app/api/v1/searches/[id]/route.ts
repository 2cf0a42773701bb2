import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { dropSearch } from '@/lib/workflows/savedSearches';

export const DELETE = door(routes.deleteSearch, ({ actor, params }) =>
  dropSearch(Number(params.id), actor.name),
);
