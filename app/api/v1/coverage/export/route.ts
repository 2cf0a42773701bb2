import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { download } from '@/lib/http/download';
import { exportCoverage } from '@/lib/workflows/coverage/exportCoverage';

export const GET = door(routes.exportCoverage, async ({ query }) =>
  download(await exportCoverage(query, new Date())),
);
