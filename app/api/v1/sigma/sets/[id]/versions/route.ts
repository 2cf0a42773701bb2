import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { addVersion } from '@/lib/workflows/sigma/setsTake';

export const POST = door(routes.addSigmaVersion, async ({ params, body, actor }) => {
  const { created, set } = await addVersion(Number(params.id), body, actor.name);
  return reply(created ? 201 : 200, set);
});
