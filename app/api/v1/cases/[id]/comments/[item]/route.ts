import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { takeBackCaseComment } from '@/lib/workflows/cases/caseComments';

export const DELETE = door(routes.withdrawCaseComment, ({ params, actor }) =>
  takeBackCaseComment(Number(params.id), Number(params.item), actor.name),
);
