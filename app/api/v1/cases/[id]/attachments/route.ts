import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { uploadBody } from '@/lib/http/uploadBody';
import { attachFile } from '@/lib/workflows/cases/caseAttachments';

export const POST = door(routes.addCaseAttachment, async ({ params, query, request, actor }) => {
  const { content } = await uploadBody(request);
  const file = { name: query.name, note: query.note ?? '', contentType: request.headers.get('content-type') };
  return reply(201, await attachFile(Number(params.id), file, content, actor.name));
});
