import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { rerunAnalytics } from '@/lib/workflows/rerunAnalytics';

export const POST = door(routes.rerunAnalytics, ({ query, request }) =>
  rerunAnalytics({ wait: query.wait === 'true', signal: request.signal }),
);
