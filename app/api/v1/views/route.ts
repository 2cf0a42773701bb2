import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { keepView, readViews } from '@/lib/workflows/savedViews';

export const GET = door(routes.listViews, ({ actor }) => readViews(actor.name));

export const POST = door(routes.saveView, async ({ actor, body }) =>
  reply(201, await keepView(body, actor.name)),
);
