import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { dropSession } from '@/lib/workflows/account';

export const DELETE = door(routes.endSession, ({ visit, params, actor }) =>
  dropSession(visit, params.id, actor),
);
