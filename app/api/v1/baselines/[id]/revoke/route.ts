import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { revokeBaseline } from '@/lib/workflows/baselines';

export const POST = door(routes.revokeBaseline, ({ params, body, actor }) =>
  revokeBaseline(params.id, body.reason, actor),
);
