import { openApiDocument } from '@/lib/contracts/openapi';
import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';

export const GET = door(routes.describeApi, async () => openApiDocument('1.0.0'));
