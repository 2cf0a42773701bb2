import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readHostUsers } from '@/lib/workflows/readHostHealth';

export const GET = door(routes.getHostUsers, ({ params }) => readHostUsers(params.id));
