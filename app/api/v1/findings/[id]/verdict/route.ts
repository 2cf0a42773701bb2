import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { giveVerdict } from '@/lib/workflows/decideFinding';

export const POST = door(routes.giveVerdict, ({ params, body, actor }) =>
  giveVerdict(params.id, body, actor),
);
