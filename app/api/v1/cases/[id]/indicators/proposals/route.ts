import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { proposeIndicators } from '@/lib/workflows/cases/caseIndicators';

export const GET = door(routes.proposeCaseIndicators, ({ params }) => proposeIndicators(Number(params.id)));
