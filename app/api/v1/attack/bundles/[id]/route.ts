import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { removeBundle } from '@/lib/workflows/attack/bundles';

export const DELETE = door(routes.removeAttackBundle, ({ params, actor }) =>
  removeBundle(Number(params.id), actor.name),
);
