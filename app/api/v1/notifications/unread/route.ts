import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readUnread } from '@/lib/workflows/notifications';

export const GET = door(routes.countUnread, ({ actor }) => readUnread(actor.name));
