import { routes } from '@/lib/contracts/routes';
import { door, reply } from '@/lib/http/door';
import { addPerson, readManagedPeople } from '@/lib/workflows/people';

export const GET = door(routes.listManagedPeople, () => readManagedPeople());

export const POST = door(routes.addPerson, async ({ visit, body, actor }) =>
  reply(201, await addPerson(visit, body, actor)),
);
