import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { deleteImport } from '@/lib/workflows/changeImport';
import { readImport } from '@/lib/workflows/readImports';

export const GET = door(routes.getImport, ({ params }) => readImport(Number(params.id)));

export const DELETE = door(routes.deleteImport, async ({ params, query, actor, request }) =>
  reply(
    202,
    await deleteImport(Number(params.id), {
      by: actor.name,
      wait: query.wait === 'true',
      signal: request.signal,
    }),
  ),
);
