import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readVocabulary } from '@/lib/workflows/readEnvironment';

export const GET = door(routes.getVocabulary, () => readVocabulary());
