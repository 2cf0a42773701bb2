import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { uploadBody } from '@/lib/http/uploadBody';
import { readImports } from '@/lib/workflows/readImports';
import { receiveImport } from '@/lib/workflows/receiveImport';

export const GET = door(routes.listImports, ({ query }) => readImports(query));

export const POST = door(routes.createImport, async ({ query, request, actor }) => {
  const { content, name } = await uploadBody(request);
  const received = await receiveImport(content, {
    name: query.name ?? name ?? 'upload',
    format: query.format,
    wait: query.wait === 'true',
    by: actor.name,
    signal: request.signal,
  });
  return reply(received.created ? 201 : 200, received.import);
});
