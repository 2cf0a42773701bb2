import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { uploadBody } from '@/lib/http/uploadBody';
import { uploadRules } from '@/lib/workflows/sigma/setsTake';

export const POST = door(routes.uploadSigmaRules, async ({ query, request, actor }) => {
  const { content } = await uploadBody(request);
  const { created, set } = await uploadRules(query, content, actor.name);
  return reply(created ? 201 : 200, set);
});
