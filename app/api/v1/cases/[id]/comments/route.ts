import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { commentCase } from '@/lib/workflows/cases/caseComments';

export const POST = door(routes.addCaseComment, async ({ params, body, actor }) =>
  reply(201, await commentCase(Number(params.id), body, actor.name)),
);
