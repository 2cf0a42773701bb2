import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readRunbook } from '@/lib/workflows/readRunbook';

export const GET = door(routes.getFindingRunbook, ({ params }) => readRunbook(params.id));
