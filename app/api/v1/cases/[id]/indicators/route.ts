import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { addCaseIndicator } from '@/lib/workflows/cases/caseIndicators';

export const POST = door(routes.addCaseIndicator, async ({ params, body, actor }) =>
  reply(201, await addCaseIndicator(Number(params.id), body, actor.name)),
);
