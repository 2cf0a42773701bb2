import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { dropKey } from '@/lib/workflows/keys';

export const DELETE = door(routes.revokeKey, ({ params, actor }) => dropKey(params.id, actor));
