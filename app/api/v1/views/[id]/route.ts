import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { changeView, dropView } from '@/lib/workflows/savedViews';

export const PUT = door(routes.changeView, ({ actor, params, body }) =>
  changeView(Number(params.id), body, actor.name),
);

export const DELETE = door(routes.deleteView, ({ actor, params }) => dropView(Number(params.id), actor.name));
