import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { validateAnalytic } from '@/lib/workflows/validateAnalytic';

export const POST = door(routes.validateAnalytic, ({ body }) => validateAnalytic(body.yaml));
