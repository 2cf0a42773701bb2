import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readHostMarks } from '@/lib/workflows/sigma/readMarks';

export const GET = door(routes.getHostSigma, ({ params, query }) => readHostMarks(params.id, query));
