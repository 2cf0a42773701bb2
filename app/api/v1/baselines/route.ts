import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { createBaseline, readBaselines } from '@/lib/workflows/baselines';

export const GET = door(routes.listBaselines, ({ query }) => readBaselines(query));

export const POST = door(routes.createBaseline, async ({ body, actor }) =>
  reply(201, await createBaseline(body, actor)),
);
