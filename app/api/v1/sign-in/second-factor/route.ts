import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { giveSecondFactor } from '@/lib/workflows/signIn';

export const POST = door(routes.giveSecondFactor, ({ visit, body }) => giveSecondFactor(visit, body));
