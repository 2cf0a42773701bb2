import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { uploadBody } from '@/lib/http/uploadBody';
import { addBundle, readBundles } from '@/lib/workflows/attack/bundles';

export const GET = door(routes.listAttackBundles, () => readBundles());

export const POST = door(routes.addAttackBundle, async ({ query, request, actor }) => {
  const { content } = await uploadBody(request);
  const { created, bundle } = await addBundle(query.name, content, actor.name);
  return reply(created ? 201 : 200, bundle);
});
