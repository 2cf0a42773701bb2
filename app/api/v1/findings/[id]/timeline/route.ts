import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readTimeline } from '@/lib/workflows/readTimeline';

export const GET = door(routes.getFindingTimeline, ({ params, query }) => readTimeline(params.id, query));
