import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { download } from '@/lib/http/download';
import { takeFile, withdrawFile } from '@/lib/workflows/cases/caseAttachments';

export const GET = door(routes.getCaseAttachment, async ({ params, actor }) => {
  const file = await takeFile(Number(params.id), Number(params.item), actor.name);
  return download({ ...file, type: 'application/octet-stream' });
});

export const DELETE = door(routes.withdrawCaseAttachment, ({ params, actor }) =>
  withdrawFile(Number(params.id), Number(params.item), actor.name),
);
