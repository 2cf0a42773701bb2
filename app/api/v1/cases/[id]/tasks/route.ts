import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { addCaseTask } from '@/lib/workflows/cases/caseTasks';

export const POST = door(routes.addCaseTask, async ({ params, body, actor }) =>
  reply(201, await addCaseTask(Number(params.id), body, actor.name)),
);
