import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { mergeCase } from '@/lib/workflows/cases/changeCases';

export const POST = door(routes.mergeCase, ({ params, body, actor }) =>
  mergeCase(Number(params.id), body, actor.name),
);
