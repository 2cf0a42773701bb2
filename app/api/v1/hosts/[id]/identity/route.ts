import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { decideIdentity } from '@/lib/workflows/decideHost';

export const POST = door(routes.decideHostIdentity, ({ params, body, actor }) =>
  decideIdentity(params.id, body, actor),
);
