import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readNoteVersions } from '@/lib/workflows/cases/caseNotes';

export const GET = door(routes.listCaseNoteVersions, ({ params }) =>
  readNoteVersions(Number(params.id), Number(params.item)),
);
