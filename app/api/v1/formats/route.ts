import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readFormats } from '@/lib/workflows/readFormats';

export const GET = door(routes.listFormats, () => readFormats());
