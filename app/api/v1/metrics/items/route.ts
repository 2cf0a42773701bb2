import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readMetricItems } from '@/lib/workflows/metrics/readMetricItems';

export const GET = door(routes.listMetricItems, ({ query }) => readMetricItems(query, new Date()));
