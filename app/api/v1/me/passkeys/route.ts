import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { keepPasskey, readPasskeys } from '@/lib/workflows/account';

export const GET = door(routes.listPasskeys, ({ visit }) => readPasskeys(visit));

export const POST = door(routes.registerPasskey, ({ visit, body, actor }) => keepPasskey(visit, body, actor));
