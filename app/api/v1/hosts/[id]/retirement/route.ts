import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { setHostRetirement } from '@/lib/workflows/coverage/retireHost';

export const PUT = door(routes.setHostRetirement, ({ params, body, actor }) =>
  setHostRetirement(params.id, body, actor),
);
