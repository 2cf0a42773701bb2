import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readAnalytic } from '@/lib/workflows/readAnalytics';
import { saveAnalytic } from '@/lib/workflows/saveChange';

export const GET = door(routes.getAnalytic, ({ params }) => readAnalytic(params.id));

export const PUT = door(routes.saveAnalytic, ({ params, body, actor }) =>
  saveAnalytic(params.id, body, actor.name),
);
