import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { groupSigmaHits } from '@/lib/workflows/sigma/readHits';

export const GET = door(routes.groupSigmaHits, ({ query }) => groupSigmaHits(query));
