import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readFleetGroups, setFleetGroups } from '@/lib/workflows/coverage/fleetGroups';

export const GET = door(routes.getFleetGroups, () => readFleetGroups());

export const PUT = door(routes.setFleetGroups, ({ body, actor }) => setFleetGroups(body, actor));
