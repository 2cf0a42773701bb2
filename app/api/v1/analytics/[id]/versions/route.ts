import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readVersions } from '@/lib/workflows/readVersions';

export const GET = door(routes.listAnalyticVersions, ({ params }) => readVersions(params.id));
