import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readRerun, rerunAnalytics } from '@/lib/workflows/rerunAnalytics';

export const GET = door(routes.getRerun, () => readRerun());

export const POST = door(routes.rerunAnalytics, ({ query, request, actor }) =>
  rerunAnalytics({ by: actor.name, wait: query.wait === 'true', signal: request.signal }),
);
