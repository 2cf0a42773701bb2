import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { recordOpened } from '@/lib/workflows/reviews/recordOpened';

export const POST = door(routes.recordOpened, ({ params, body, actor }) =>
  recordOpened(params.id, body.what, actor.name),
);
