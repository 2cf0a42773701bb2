import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readFindingHistory } from '@/lib/workflows/findingHistory';

export const GET = door(routes.getFindingHistory, ({ params }) => readFindingHistory(params.id));
