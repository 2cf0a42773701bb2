import { routes } from '@/lib/contracts/routes';
import { door } from '@/lib/http/door';
import { readSet } from '@/lib/workflows/sigma/readSets';
import { changeSet, removeSet } from '@/lib/workflows/sigma/setsChange';

export const GET = door(routes.getSigmaSet, ({ params }) => readSet(Number(params.id)));

export const PUT = door(routes.changeSigmaSet, ({ params, body, actor }) =>
  changeSet(Number(params.id), body, actor.name),
);

export const DELETE = door(routes.removeSigmaSet, ({ params, actor }) =>
  removeSet(Number(params.id), actor.name),
);
