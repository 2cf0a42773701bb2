import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { leave } from '@/lib/workflows/signIn';

export const POST = door(routes.signOut, ({ visit, actor }) => leave(visit, actor));
