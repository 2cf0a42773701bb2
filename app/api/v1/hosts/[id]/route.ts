import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readHost } from '@/lib/workflows/readHosts';

export const GET = door(routes.getHost, ({ params }) => readHost(params.id));
