import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { signOutPerson } from '@/lib/workflows/people';

export const POST = door(routes.endSessionsOf, ({ params, actor }) => signOutPerson(params.id, actor));
