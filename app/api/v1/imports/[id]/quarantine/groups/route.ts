import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readQuarantineGroups } from '@/lib/workflows/readQuarantine';

export const GET = door(routes.getQuarantineGroups, ({ params }) => readQuarantineGroups(Number(params.id)));
