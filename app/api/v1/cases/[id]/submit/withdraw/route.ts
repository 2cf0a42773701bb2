import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { takeBack } from '@/lib/workflows/reviews/submitCase';

export const POST = door(routes.withdrawReview, ({ params, actor }) =>
  takeBack(Number(params.id), actor.name),
);
