import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { verifyAudit } from '@/lib/workflows/auditVerification';

export const GET = door(routes.verifyAudit, ({ query }) => verifyAudit(query));
