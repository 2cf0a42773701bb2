import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { confirmOwnTotp } from '@/lib/workflows/account';

export const POST = door(routes.confirmTotp, ({ visit, body, actor }) =>
  confirmOwnTotp(visit, body.code, actor),
);
