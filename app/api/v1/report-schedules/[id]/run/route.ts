import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { runReportSchedule } from '@/lib/workflows/reports/makeReports';

export const POST = door(routes.runReportSchedule, ({ actor, params }) =>
  runReportSchedule(actor, Number(params.id), new Date()),
);
