import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readSigmaHits } from '@/lib/workflows/sigma/readHits';

export const GET = door(routes.listSigmaHits, ({ query }) => readSigmaHits(query));
