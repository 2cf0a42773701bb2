import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { changeCaseFacts } from '@/lib/workflows/cases/changeCases';
import { readCase } from '@/lib/workflows/cases/readCase';

export const GET = door(routes.getCase, ({ params }) => readCase(Number(params.id)));

export const PUT = door(routes.changeCase, ({ params, body, actor }) =>
  changeCaseFacts(Number(params.id), body, actor.name),
);
