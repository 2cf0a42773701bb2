import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { renewOwnCodes } from '@/lib/workflows/account';

export const POST = door(routes.renewBackupCodes, ({ visit, body, actor }) =>
  renewOwnCodes(visit, body.password, actor),
);
