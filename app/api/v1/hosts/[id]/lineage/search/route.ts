import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { searchLineage } from '@/lib/workflows/searchLineage';

export const GET = door(routes.searchHostLineage, ({ params, query }) => searchLineage(params.id, query));
