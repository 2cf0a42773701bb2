import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { createMapping, readMappings } from '@/lib/workflows/mappings';

export const GET = door(routes.listMappings, () => readMappings());

export const POST = door(routes.createMapping, async ({ body, actor }) => {
  const { created, view } = await createMapping(body, actor.name);
  return reply(created ? 201 : 200, view);
});
