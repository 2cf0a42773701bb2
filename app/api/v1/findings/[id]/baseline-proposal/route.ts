import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readBaselineProposal } from '@/lib/workflows/proposeBaseline';

export const GET = door(routes.proposeBaseline, ({ params, query }) =>
  readBaselineProposal(params.id, query),
);
