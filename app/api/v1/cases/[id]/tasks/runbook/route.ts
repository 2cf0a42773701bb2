import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { addTasksOfRunbook } from '@/lib/workflows/cases/caseTasks';

export const POST = door(routes.addRunbookTasks, async ({ params, body, actor }) =>
  reply(201, await addTasksOfRunbook(Number(params.id), body, actor.name)),
);
