import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readPeople } from '@/lib/workflows/people';

export const GET = door(routes.listPeople, () => readPeople());
