import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readTriageQueue } from '@/lib/workflows/readTriageQueue';

export const GET = door(routes.listFindings, ({ query, actor }) => readTriageQueue(query, actor.name));
