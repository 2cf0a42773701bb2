import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { chooseChannels, readOwnChoices } from '@/lib/workflows/notificationChoices';

export const GET = door(routes.getNotificationChoices, ({ actor }) => readOwnChoices(actor.name));

export const PUT = door(routes.saveNotificationChoices, ({ actor, body }) =>
  chooseChannels(actor, body.items),
);
