import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readHostLedger } from '@/lib/workflows/ledger/readHostLedger';

export const GET = door(routes.getHostLedger, ({ params, query }) => readHostLedger(params.id, query));
