import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readAll } from '@/lib/workflows/notifications';

export const POST = door(routes.readAllNotifications, ({ actor, body }) => readAll(actor.name, body.upTo));
