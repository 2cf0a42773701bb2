import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readFindingMarks } from '@/lib/workflows/sigma/readMarks';

export const GET = door(routes.getFindingSigma, ({ params }) => readFindingMarks(params.id));
