import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { saveCaseNote, withdrawCaseNote } from '@/lib/workflows/cases/caseNotes';

export const PUT = door(routes.saveCaseNote, ({ params, body, actor }) =>
  saveCaseNote(Number(params.id), Number(params.item), body, actor.name),
);

export const DELETE = door(routes.withdrawCaseNote, ({ params, actor }) =>
  withdrawCaseNote(Number(params.id), Number(params.item), actor.name),
);
