import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { submitCase } from '@/lib/workflows/reviews/submitCase';

export const POST = door(routes.submitCase, ({ params, body, actor }) =>
  submitCase(Number(params.id), body, actor.name),
);
