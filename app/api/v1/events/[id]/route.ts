import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readEvent } from '@/lib/workflows/readEvents';

export const GET = door(routes.getEvent, ({ params }) => readEvent(params.id));
