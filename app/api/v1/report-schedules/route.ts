import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { addReportSchedule, readReportSchedules } from '@/lib/workflows/reports/reportSchedules';

export const GET = door(routes.listReportSchedules, () => readReportSchedules());

export const POST = door(routes.addReportSchedule, async ({ actor, body }) =>
  reply(201, await addReportSchedule(actor, body, new Date())),
);
