import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { importSample } from '@/lib/workflows/importSample';

export const POST = door(routes.importSample, async ({ query, actor }) => {
  const received = await importSample({ wait: query.wait === 'true', by: actor.name });
  return reply(received.created ? 201 : 200, received.import);
});
