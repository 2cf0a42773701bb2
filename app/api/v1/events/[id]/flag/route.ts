import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { flagEvent } from '@/lib/workflows/annotateEvents';

export const POST = door(routes.flagEvent, ({ params, body, actor }) =>
  flagEvent(params.id, body.flagged, actor.name),
);
