import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { download } from '@/lib/http/download';
import { exportEvents } from '@/lib/workflows/exportEvents';

export const GET = door(routes.exportEvents, async ({ query }) => download(await exportEvents(query)));
