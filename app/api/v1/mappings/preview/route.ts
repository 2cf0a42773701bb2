import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { previewMapping } from '@/lib/workflows/mappingPreview';

export const POST = door(routes.previewMapping, ({ body }) => previewMapping(body));
