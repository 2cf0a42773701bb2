import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { retryDelivery } from '@/lib/workflows/deliveries';

export const POST = door(routes.retryDelivery, async ({ actor, params }) =>
  reply(202, await retryDelivery(actor, Number(params.id), Number(params.delivery))),
);
