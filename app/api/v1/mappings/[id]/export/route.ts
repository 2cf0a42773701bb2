import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { download } from '@/lib/http/download';
import { exportMapping } from '@/lib/workflows/mappings';

export const GET = door(routes.exportMapping, async ({ params }) =>
  download({ ...(await exportMapping(params.id)), type: 'application/json' }),
);
