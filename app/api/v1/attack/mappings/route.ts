import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { mapTechnique, readTechniqueMappings } from '@/lib/workflows/attack/techniqueMappings';

export const GET = door(routes.getAttackMappings, () => readTechniqueMappings());

export const POST = door(routes.mapTechnique, ({ body, actor }) => mapTechnique(body, actor.name));
