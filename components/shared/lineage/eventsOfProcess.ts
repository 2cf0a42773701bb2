import { allOf, fieldIs, quoteValue } from '@/lib/query/quote';

/** The search for what a process did itself, in the language of docs/QUERY.md: of some kinds, or (none named) of all. */
export function eventsOfProcess(host: string, entityId: string, kinds: readonly string[]): string {
  const process = allOf(fieldIs('host.name', host), fieldIs('process.entity_id', entityId));
  const [first, ...rest] = kinds;
  if (first === undefined) return process;
  if (rest.length === 0) return allOf(process, fieldIs('event.kind', first));
  return allOf(process, `event.kind:(${kinds.map(quoteValue).join(' or ')})`);
}
