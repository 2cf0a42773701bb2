import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { createCase } from '@/lib/workflows/cases/changeCases';
import { readCases } from '@/lib/workflows/cases/readCases';

export const GET = door(routes.listCases, ({ query, actor }) => readCases(query, actor.name));

export const POST = door(routes.createCase, async ({ body, actor }) =>
  reply(201, await createCase(body, actor.name)),
);
