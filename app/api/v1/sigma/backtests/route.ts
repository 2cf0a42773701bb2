import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { askSigmaBacktest } from '@/lib/workflows/sigma/backtests';

export const POST = door(routes.askSigmaBacktest, async ({ body, actor }) =>
  reply(202, await askSigmaBacktest(body, actor.name)),
);
