import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readHosts } from '@/lib/workflows/readHosts';

export const GET = door(routes.listHosts, ({ query }) => readHosts(query));
