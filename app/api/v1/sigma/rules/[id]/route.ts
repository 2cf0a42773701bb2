import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readRule } from '@/lib/workflows/sigma/readRules';

export const GET = door(routes.getSigmaRule, ({ params }) => readRule(Number(params.id)));
