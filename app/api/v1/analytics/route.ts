import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readAnalytics } from '@/lib/workflows/readAnalytics';

export const GET = door(routes.listAnalytics, () => readAnalytics());
