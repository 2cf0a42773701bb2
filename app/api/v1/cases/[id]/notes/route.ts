import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { addCaseNote } from '@/lib/workflows/cases/caseNotes';

export const POST = door(routes.addCaseNote, async ({ params, body, actor }) =>
  reply(201, await addCaseNote(Number(params.id), body, actor.name)),
);
