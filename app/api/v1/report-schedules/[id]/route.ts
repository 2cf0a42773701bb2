import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { changeReportSchedule, removeReportSchedule } from '@/lib/workflows/reports/reportSchedules';

export const PUT = door(routes.changeReportSchedule, ({ actor, params, body }) =>
  changeReportSchedule(actor, Number(params.id), body, new Date()),
);

export const DELETE = door(routes.removeReportSchedule, ({ actor, params }) =>
  removeReportSchedule(actor, Number(params.id)),
);
