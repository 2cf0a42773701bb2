import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { giveAlertVerdict } from '@/lib/workflows/decideAlert';

export const POST = door(routes.giveAlertVerdict, ({ params, body, actor }) =>
  giveAlertVerdict(params.id, body, actor),
);
