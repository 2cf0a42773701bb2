import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { decideReview } from '@/lib/workflows/reviews/decideReview';
import { readReview } from '@/lib/workflows/reviews/readReview';

export const GET = door(routes.getReview, ({ params, actor }) => readReview(Number(params.id), actor.name));

export const POST = door(routes.decideReview, ({ params, body, actor }) =>
  decideReview(Number(params.id), body, actor.name),
);
