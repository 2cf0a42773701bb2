import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { takeBackComment } from '@/lib/workflows/annotateEvents';

export const DELETE = door(routes.withdrawComment, ({ params, actor }) =>
  takeBackComment(Number(params.id), actor.name),
);
