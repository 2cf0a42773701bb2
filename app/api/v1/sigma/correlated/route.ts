import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readSigmaCorrelated } from '@/lib/workflows/sigma/readHits';

export const GET = door(routes.listSigmaCorrelated, () => readSigmaCorrelated());
