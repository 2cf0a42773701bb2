import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { testWebhook } from '@/lib/workflows/deliveries';

export const POST = door(routes.testWebhook, async ({ actor, params }) =>
  reply(202, await testWebhook(actor, Number(params.id))),
);
