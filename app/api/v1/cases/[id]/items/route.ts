import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { addCaseThings } from '@/lib/workflows/cases/changeCases';

export const POST = door(routes.addCaseItems, ({ params, body, actor }) =>
  addCaseThings(Number(params.id), body, actor.name),
);
