import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { drawSample, readSample } from '@/lib/workflows/reviews/secondVerdicts';

export const GET = door(routes.listSample, ({ actor }) => readSample(actor.name));

export const POST = door(routes.drawSample, async ({ body, actor }) =>
  reply(201, await drawSample(body.size, actor.name)),
);
