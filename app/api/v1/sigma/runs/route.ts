import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readSigmaProgress, rerunSigma } from '@/lib/workflows/sigma/progress';

export const GET = door(routes.getSigmaProgress, () => readSigmaProgress());

export const POST = door(routes.rerunSigma, ({ actor }) => rerunSigma(actor.name));
