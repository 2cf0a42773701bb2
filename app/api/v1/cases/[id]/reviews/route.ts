import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readReviews } from '@/lib/workflows/reviews/readReview';

export const GET = door(routes.listReviews, ({ params }) => readReviews(Number(params.id)));
