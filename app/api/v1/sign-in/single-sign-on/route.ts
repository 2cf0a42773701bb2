import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { goToSingleSignOn } from '@/lib/workflows/signIn';

export const POST = door(routes.startSingleSignOn, ({ visit, body }) => goToSingleSignOn(visit, body.next));
