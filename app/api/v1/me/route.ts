import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readMe, rename } from '@/lib/workflows/account';

export const GET = door(routes.getMe, ({ actor }) => readMe(actor));

export const PUT = door(routes.changeName, ({ body, actor }) => rename(body.name, actor));
