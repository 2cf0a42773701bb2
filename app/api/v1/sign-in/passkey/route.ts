import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { givePasskey } from '@/lib/workflows/signIn';

export const POST = door(routes.signInWithPasskey, ({ visit, body }) => givePasskey(visit, body.response));
