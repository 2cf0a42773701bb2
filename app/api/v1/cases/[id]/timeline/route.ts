import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readCaseTimeline } from '@/lib/workflows/cases/caseTimeline';

export const GET = door(routes.getCaseTimeline, ({ params }) => readCaseTimeline(Number(params.id)));
