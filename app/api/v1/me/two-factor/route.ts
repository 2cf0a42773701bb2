import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { setUpTotp } from '@/lib/workflows/account';

export const POST = door(routes.setUpTotp, ({ visit, body, actor }) =>
  setUpTotp(visit, body.password, actor),
);
