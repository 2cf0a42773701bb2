import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { readValidationRuns } from '@/lib/workflows/validation/readRuns';
import { startValidation } from '@/lib/workflows/validation/startValidation';

export const GET = door(routes.listValidationRuns, ({ query }) => readValidationRuns(query));

export const POST = door(routes.startValidation, async ({ body, actor }) => {
  const { run, created } = await startValidation(body, { cause: 'asked', askedBy: actor.name });
  return reply(created ? 201 : 200, run);
});
