import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readEnvironment } from '@/lib/workflows/readEnvironment';
import { saveEnvironment } from '@/lib/workflows/saveChange';

export const GET = door(routes.getEnvironment, () => readEnvironment());

export const PUT = door(routes.saveEnvironment, ({ body, actor }) => saveEnvironment(body, actor.name));
