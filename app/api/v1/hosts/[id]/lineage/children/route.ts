import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readLineageChildren } from '@/lib/workflows/readLineageChildren';

export const GET = door(routes.getHostChildren, ({ params, query }) => readLineageChildren(params.id, query));
