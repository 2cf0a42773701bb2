import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { askForPasskey } from '@/lib/workflows/signIn';

export const POST = door(routes.askForPasskey, ({ visit }) => askForPasskey(visit));
