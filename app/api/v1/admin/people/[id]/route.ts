import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { changePerson } from '@/lib/workflows/people';

export const PUT = door(routes.changePerson, ({ params, body, actor }) =>
  changePerson(params.id, body, actor),
);
