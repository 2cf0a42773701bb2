import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { changeMapping, readMapping, removeMapping } from '@/lib/workflows/mappings';

export const GET = door(routes.getMapping, ({ params, query }) => readMapping(params.id, query.version));

export const PUT = door(routes.changeMapping, ({ params, body, actor }) =>
  changeMapping(params.id, body, actor.name),
);

export const DELETE = door(routes.deleteMapping, ({ params, actor }) => removeMapping(params.id, actor.name));
