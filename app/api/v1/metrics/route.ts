import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readMetrics } from '@/lib/workflows/metrics/readMetrics';

export const GET = door(routes.getMetrics, ({ query }) => readMetrics(query, new Date()));
