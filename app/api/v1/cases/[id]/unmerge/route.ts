import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { takeCaseApart } from '@/lib/workflows/cases/changeCases';

export const POST = door(routes.unmergeCase, ({ params, actor }) =>
  takeCaseApart(Number(params.id), actor.name),
);
