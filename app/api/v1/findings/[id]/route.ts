import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readFinding } from '@/lib/workflows/readFinding';

export const GET = door(routes.getFinding, ({ params }) => readFinding(params.id));
