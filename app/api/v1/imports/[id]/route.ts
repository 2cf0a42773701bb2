import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readImport } from '@/lib/workflows/readImports';

export const GET = door(routes.getImport, ({ params }) => readImport(Number(params.id)));
