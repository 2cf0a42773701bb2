import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readCoverageFixes } from '@/lib/workflows/coverage/readCoverageFixes';

export const GET = door(routes.listCoverageFixes, ({ query }) => readCoverageFixes(query, new Date()));
