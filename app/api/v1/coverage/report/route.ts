import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { download } from '@/lib/http/download';
import { makeBoardReport } from '@/lib/workflows/coverage/boardReport';

export const GET = door(routes.getBoardReport, async ({ query }) =>
  download(await makeBoardReport(query, new Date())),
);
