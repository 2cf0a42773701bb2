import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { download } from '@/lib/http/download';
import { findingEvidence } from '@/lib/workflows/evidence/findingEvidence';

export const GET = door(routes.exportFindingEvidence, async ({ params, query, actor }) =>
  download(await findingEvidence(params.id, query, actor)),
);
