import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readOne } from '@/lib/workflows/notifications';

export const POST = door(routes.readNotification, ({ actor, params }) => readOne(actor.name, params.id));
