import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { stopOwnTotp } from '@/lib/workflows/account';

export const POST = door(routes.stopTotp, ({ visit, body, actor }) =>
  stopOwnTotp(visit, body.password, actor),
);
