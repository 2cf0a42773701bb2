import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readAnalytic } from '@/lib/workflows/readAnalytics';

export const GET = door(routes.getAnalytic, ({ params }) => readAnalytic(params.id));
