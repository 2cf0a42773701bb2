import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { changeCaseTask } from '@/lib/workflows/cases/caseTasks';

export const PUT = door(routes.changeCaseTask, ({ params, body, actor }) =>
  changeCaseTask(Number(params.id), Number(params.item), body, actor.name),
);
