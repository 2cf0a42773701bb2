import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readSigmaHit } from '@/lib/workflows/sigma/readHits';

export const GET = door(routes.getSigmaHit, ({ params }) => readSigmaHit(params.id));
