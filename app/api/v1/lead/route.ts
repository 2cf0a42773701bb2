import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readLeadHome } from '@/lib/workflows/reviews/leadHome';

export const GET = door(routes.getLeadHome, ({ actor }) => readLeadHome(actor.name));
