import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { cancelImport } from '@/lib/workflows/changeImport';

export const POST = door(routes.cancelImport, async ({ params, query, actor, request }) =>
  reply(
    202,
    await cancelImport(Number(params.id), {
      by: actor.name,
      wait: query.wait === 'true',
      signal: request.signal,
    }),
  ),
);
