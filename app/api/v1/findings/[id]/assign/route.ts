import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { assignFinding } from '@/lib/workflows/decideFinding';

export const POST = door(routes.assignFinding, ({ params, body, actor }) =>
  assignFinding(params.id, body, actor),
);
