import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { listHostRetirements } from '@/lib/workflows/coverage/retireHost';

export const GET = door(routes.listHostRetirements, () => listHostRetirements());
