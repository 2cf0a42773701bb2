import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { withdrawCaseIndicator } from '@/lib/workflows/cases/caseIndicators';

export const DELETE = door(routes.withdrawCaseIndicator, ({ params, actor }) =>
  withdrawCaseIndicator(Number(params.id), Number(params.item), actor.name),
);
