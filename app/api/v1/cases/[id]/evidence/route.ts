import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { download } from '@/lib/http/download';
import { caseEvidence } from '@/lib/workflows/evidence/caseEvidence';

export const GET = door(routes.exportCaseEvidence, async ({ params, query, actor }) =>
  download(await caseEvidence(params.id, query, actor)),
);
