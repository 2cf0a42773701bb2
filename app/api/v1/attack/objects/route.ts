import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { findObjects } from '@/lib/workflows/attack/bundles';

export const GET = door(routes.searchAttackObjects, ({ query }) => findObjects(query));
