import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { renewLink } from '@/lib/workflows/people';

export const POST = door(routes.renewInvitation, ({ visit, params, actor }) =>
  renewLink(visit, params.id, actor),
);
