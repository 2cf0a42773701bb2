import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { dropPasskey } from '@/lib/workflows/account';

export const DELETE = door(routes.removePasskey, ({ visit, params, actor }) =>
  dropPasskey(visit, params.id, actor),
);
