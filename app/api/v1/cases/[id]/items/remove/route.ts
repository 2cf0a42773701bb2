import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { removeCaseThings } from '@/lib/workflows/cases/changeCases';

export const POST = door(routes.removeCaseItems, ({ params, body, actor }) =>
  removeCaseThings(Number(params.id), body, actor.name),
);
