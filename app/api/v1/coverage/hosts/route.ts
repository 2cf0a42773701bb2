import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readCoverageHosts } from '@/lib/workflows/coverage/readCoverageHosts';

export const GET = door(routes.listCoverageHosts, ({ query }) => readCoverageHosts(query, new Date()));
