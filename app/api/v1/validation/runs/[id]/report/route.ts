import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { download } from '@/lib/http/download';
import { readValidationReport } from '@/lib/workflows/validation/runViews';

export const GET = door(routes.getValidationReport, async ({ params }) => {
  const { text, sha256, signature } = await readValidationReport(params.id);
  const name = `validation-${params.id}.json`;
  const answer = download({ name, type: 'application/json', content: text, sha256 });
  answer.headers.set('x-sequela-signature', signature);
  answer.headers.set('x-sequela-sha256', sha256);
  return answer;
});
