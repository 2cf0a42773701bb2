import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readHostLineage } from '@/lib/workflows/readLineage';

export const GET = door(routes.getHostLineage, ({ params, query }) => readHostLineage(params.id, query));
