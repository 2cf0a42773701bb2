import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { approveBaseline } from '@/lib/workflows/baselines';

export const POST = door(routes.approveBaseline, ({ params, body, actor }) =>
  approveBaseline(params.id, body.note, actor),
);
