import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { commentEvent } from '@/lib/workflows/annotateEvents';

export const POST = door(routes.commentEvent, ({ params, body, actor }) =>
  commentEvent(params.id, body.text, actor.name),
);
