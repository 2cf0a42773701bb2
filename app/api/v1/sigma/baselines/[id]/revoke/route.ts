import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { revokeSigmaBaseline } from '@/lib/workflows/sigma/baselines';

export const POST = door(routes.revokeSigmaBaseline, ({ params, body, actor }) =>
  revokeSigmaBaseline(params.id, body.reason, actor.name),
);
