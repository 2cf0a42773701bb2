import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { download } from '@/lib/http/download';
import { exportAudit } from '@/lib/workflows/auditExport';

export const GET = door(routes.exportAudit, async ({ query, actor }) =>
  download(await exportAudit(query, actor)),
);
