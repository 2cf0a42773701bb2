import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { addCaseWork } from '@/lib/workflows/cases/caseWork';

export const POST = door(routes.addCaseWork, ({ params, body, actor }) =>
  addCaseWork(Number(params.id), body.seconds, actor.name),
);
