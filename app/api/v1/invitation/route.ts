import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { acceptInvitation, readInvitation } from '@/lib/workflows/invitations';

export const GET = door(routes.getInvitation, ({ query }) => readInvitation(query.token));

export const POST = door(routes.acceptInvitation, ({ visit, body }) => acceptInvitation(visit, body));
