import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readSessions } from '@/lib/workflows/account';

export const GET = door(routes.listSessions, ({ visit }) => readSessions(visit));
