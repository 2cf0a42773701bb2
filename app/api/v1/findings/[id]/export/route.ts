import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { download } from '@/lib/http/download';
import { exportFinding } from '@/lib/workflows/exports/exportFinding';

export const GET = door(routes.exportFinding, async ({ params, query }) =>
  download(await exportFinding(params.id, query.format)),
);
