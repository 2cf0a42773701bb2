import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { readSigmaBaselines, saveSigmaBaseline } from '@/lib/workflows/sigma/baselines';

export const GET = door(routes.listSigmaBaselines, () => readSigmaBaselines());

export const POST = door(routes.saveSigmaBaseline, async ({ body, actor }) =>
  reply(201, await saveSigmaBaseline(body, actor.name)),
);
