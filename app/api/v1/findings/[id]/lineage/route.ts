import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readFindingLineage } from '@/lib/workflows/readLineage';

export const GET = door(routes.getFindingLineage, ({ params, query }) =>
  readFindingLineage(params.id, query),
);
