import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { decideClock } from '@/lib/workflows/decideHost';

export const POST = door(routes.decideHostClock, ({ params, body, actor }) =>
  decideClock(params.id, body, actor),
);
