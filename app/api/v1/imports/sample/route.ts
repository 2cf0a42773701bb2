import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { importSample } from '@/lib/workflows/importSample';

export const POST = door(routes.importSample, async ({ query }) => {
  const received = await importSample({ wait: query.wait === 'true' });
  return reply(received.created ? 201 : 200, received.import);
});
