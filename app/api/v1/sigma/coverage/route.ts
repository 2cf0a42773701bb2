import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readSigmaCoverage } from '@/lib/workflows/sigma/readSigmaCoverage';

export const GET = door(routes.getSigmaCoverage, () => readSigmaCoverage());
