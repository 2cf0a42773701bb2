import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readFindingGroups } from '@/lib/workflows/readFindingGroups';

export const GET = door(routes.listFindingGroups, ({ query }) => readFindingGroups(query));
