import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readDeliveries } from '@/lib/workflows/deliveries';

export const GET = door(routes.listDeliveries, ({ params, query }) =>
  readDeliveries(Number(params.id), query),
);
