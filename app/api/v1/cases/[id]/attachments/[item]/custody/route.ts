import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readCustody } from '@/lib/workflows/cases/caseAttachments';

export const GET = door(routes.getCaseCustody, ({ params }) =>
  readCustody(Number(params.id), Number(params.item)),
);
