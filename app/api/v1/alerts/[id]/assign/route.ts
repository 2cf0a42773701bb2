import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { assignAlert } from '@/lib/workflows/decideAlert';

export const POST = door(routes.assignAlert, ({ params, body, actor }) =>
  assignAlert(params.id, body, actor),
);
