import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { download } from '@/lib/http/download';
import { readOriginal } from '@/lib/workflows/readOriginal';

export const GET = door(routes.getOriginal, async ({ params }) => {
  const original = await readOriginal(Number(params.id));
  return download({ ...original, type: 'application/octet-stream' });
});
