import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { previewSigmaBaseline } from '@/lib/workflows/sigma/baselines';

export const POST = door(routes.previewSigmaBaseline, ({ body }) => previewSigmaBaseline(body));
