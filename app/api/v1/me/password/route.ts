import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { renewPassword } from '@/lib/workflows/account';

export const POST = door(routes.changePassword, ({ visit, body, actor }) =>
  renewPassword(visit, body, actor),
);
