import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { download } from '@/lib/http/download';
import { readNavigatorLayer } from '@/lib/workflows/attack/readNavigatorLayer';

export const GET = door(routes.getNavigatorLayer, async ({ query }) => {
  const { name, layer } = await readNavigatorLayer(query, new Date());
  return download({ name, type: 'application/json', content: JSON.stringify(layer, null, 2) });
});
