import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { givePassword, readSignInOptions } from '@/lib/workflows/signIn';

export const GET = door(routes.getSignInOptions, ({ visit }) => readSignInOptions(visit));

export const POST = door(routes.signIn, ({ visit, body }) => givePassword(visit, body));
