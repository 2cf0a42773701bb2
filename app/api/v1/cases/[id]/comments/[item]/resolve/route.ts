import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { resolveCaseComment } from '@/lib/workflows/cases/caseComments';

export const POST = door(routes.resolveCaseComment, ({ params, body, actor }) =>
  resolveCaseComment(Number(params.id), Number(params.item), body.resolved, actor.name),
);
