import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { startBacktest } from '@/lib/workflows/backtests';

export const POST = door(routes.startBacktest, async ({ params, body, actor }) =>
  reply(202, await startBacktest(params.id, body, actor.name)),
);
