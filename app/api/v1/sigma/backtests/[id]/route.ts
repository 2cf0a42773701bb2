import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { cancelSigmaBacktest, readSigmaBacktest } from '@/lib/workflows/sigma/backtests';

export const GET = door(routes.getSigmaBacktest, ({ params }) => readSigmaBacktest(params.id));

export const DELETE = door(routes.cancelSigmaBacktest, ({ params, actor }) =>
  cancelSigmaBacktest(params.id, actor.name),
);
