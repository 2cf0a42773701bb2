import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { addKey, readKeys } from '@/lib/workflows/keys';

export const GET = door(routes.listKeys, ({ actor }) => readKeys(actor));

export const POST = door(routes.addKey, async ({ visit, body, actor }) =>
  reply(201, await addKey(visit, body, actor)),
);
