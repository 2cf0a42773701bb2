import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { addWebhook, readWebhooks } from '@/lib/workflows/notificationWebhooks';

export const GET = door(routes.listWebhooks, () => readWebhooks());

export const POST = door(routes.addWebhook, async ({ actor, body }) =>
  reply(201, await addWebhook(actor, body)),
);
