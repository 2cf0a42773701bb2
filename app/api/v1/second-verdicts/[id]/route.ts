import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { giveSecondVerdict } from '@/lib/workflows/reviews/secondVerdicts';

export const POST = door(routes.giveSecondVerdict, ({ params, body, actor }) =>
  giveSecondVerdict(Number(params.id), body, actor.name),
);
