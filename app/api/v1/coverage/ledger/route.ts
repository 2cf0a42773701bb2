import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readFleetLedger } from '@/lib/workflows/ledger/readFleetLedger';

export const GET = door(routes.getFleetLedger, ({ query }) => readFleetLedger(query, new Date()));
