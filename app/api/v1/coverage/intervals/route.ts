import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readCoverageIntervals } from '@/lib/workflows/coverage/readCoverageIntervals';

export const GET = door(routes.listCoverageIntervals, ({ query }) =>
  readCoverageIntervals(query, new Date()),
);
