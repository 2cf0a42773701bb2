import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readBaselineOutlook } from '@/lib/workflows/baselines';

export const GET = door(routes.getBaselineOutlook, ({ params }) => readBaselineOutlook(params.id));
