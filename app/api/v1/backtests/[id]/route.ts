import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { cancelBacktest, readBacktest } from '@/lib/workflows/backtests';

export const GET = door(routes.getBacktest, ({ params }) => readBacktest(params.id));

export const DELETE = door(routes.cancelBacktest, ({ params, actor }) =>
  cancelBacktest(params.id, actor.name),
);
