import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readServiceClocks, setServiceClocks } from '@/lib/workflows/serviceClocks';

export const GET = door(routes.getServiceClocks, () => readServiceClocks());

export const PUT = door(routes.setServiceClocks, ({ body, actor }) => setServiceClocks(body, actor));
