import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { changeWebhook, removeWebhook } from '@/lib/workflows/notificationWebhooks';

export const PUT = door(routes.changeWebhook, ({ actor, params, body }) =>
  changeWebhook(actor, Number(params.id), body),
);

export const DELETE = door(routes.removeWebhook, ({ actor, params }) =>
  removeWebhook(actor, Number(params.id)),
);
