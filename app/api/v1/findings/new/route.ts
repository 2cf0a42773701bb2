import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { countNewFindings } from '@/lib/workflows/readTriageQueue';

export const GET = door(routes.countNewFindings, ({ query }) => countNewFindings(query));
