import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readQuarantine } from '@/lib/workflows/readQuarantine';

export const GET = door(routes.getQuarantine, ({ params, query }) =>
  readQuarantine(Number(params.id), query),
);
