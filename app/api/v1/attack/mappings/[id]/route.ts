import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { unmapTechnique } from '@/lib/workflows/attack/techniqueMappings';

export const DELETE = door(routes.unmapTechnique, ({ params, actor }) =>
  unmapTechnique(Number(params.id), actor.name),
);
