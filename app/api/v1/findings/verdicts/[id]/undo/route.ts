import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { undoVerdicts } from '@/lib/workflows/decideFindings';

export const POST = door(routes.undoVerdicts, ({ params, actor }) => undoVerdicts(Number(params.id), actor));
