import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { download } from '@/lib/http/download';
import { takeOriginal } from '@/lib/workflows/readOriginal';

export const GET = door(routes.getOriginal, async ({ params, actor }) => {
  const original = await takeOriginal(Number(params.id), actor);
  return download({ ...original, type: 'application/octet-stream' });
});
