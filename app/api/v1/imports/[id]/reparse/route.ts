import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { reparseImport } from '@/lib/workflows/changeImport';

export const POST = door(routes.reparseImport, async ({ params, query, body, actor, request }) =>
  reply(
    202,
    await reparseImport(Number(params.id), body, {
      by: actor.name,
      wait: query.wait === 'true',
      signal: request.signal,
    }),
  ),
);
