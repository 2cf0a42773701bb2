import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readCoverage } from '@/lib/workflows/coverage/readCoverage';

export const GET = door(routes.getCoverage, ({ query }) => readCoverage(query, new Date()));
