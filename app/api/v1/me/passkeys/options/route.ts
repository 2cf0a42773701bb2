import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { askForNewPasskey } from '@/lib/workflows/account';

export const POST = door(routes.askToRegisterPasskey, ({ visit }) => askForNewPasskey(visit));
