import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readValidationRun } from '@/lib/workflows/validation/runViews';
import { cancelValidation } from '@/lib/workflows/validation/startValidation';

export const GET = door(routes.getValidationRun, ({ params }) => readValidationRun(params.id));

export const DELETE = door(routes.cancelValidation, ({ params, actor }) =>
  cancelValidation(params.id, actor.name),
);
