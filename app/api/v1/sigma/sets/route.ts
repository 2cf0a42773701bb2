import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { readSets } from '@/lib/workflows/sigma/readSets';
import { createSet } from '@/lib/workflows/sigma/setsTake';

export const GET = door(routes.listSigmaSets, () => readSets());

export const POST = door(routes.createSigmaSet, async ({ body, actor }) =>
  reply(201, await createSet(body, actor.name)),
);
