import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readNotifications } from '@/lib/workflows/notifications';

export const GET = door(routes.listNotifications, ({ actor, query }) => readNotifications(actor.name, query));
