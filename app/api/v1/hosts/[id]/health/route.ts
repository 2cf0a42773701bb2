import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readHostHealth } from '@/lib/workflows/readHostHealth';

export const GET = door(routes.getHostHealth, ({ params }) => readHostHealth(params.id));
