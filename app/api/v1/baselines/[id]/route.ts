import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readBaseline } from '@/lib/workflows/baselines';

export const GET = door(routes.getBaseline, ({ params }) => readBaseline(Number(params.id)));
