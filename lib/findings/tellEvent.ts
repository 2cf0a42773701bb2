import type { Chain, Match } from '../analytics/chain';
import { formatDuration } from '../base/time';
import type { EndpointEvent } from '../events/endpointEvent';
import { baseName, destinationOf, shorten } from './tell';

/** One event as a short sentence without its end: `mshta.exe contacted 10.0.0.5:443`. */
export function tellEvent(
  match: Pick<Match, 'event' | 'process' | 'evidence'>,
  chain: Pick<Chain, 'index'>,
): string {
  const { event } = match;
  const image = chain.index.nodeOf(match.process)?.image ?? (event ?? match.evidence)['process.executable'];
  const who = baseName(image) ?? 'a program not recorded';
  if (event === undefined) return `${who} ran`;
  const what = objectOf(event, chain);
  const verb = VERBS[event.kind] ?? `had a ${event.kind} event`;
  return shorten(what === undefined ? `${who} ${verb}` : `${who} ${verb} ${what}`);
}

const VERBS: Readonly<Partial<Record<EndpointEvent['kind'], string>>> = {
  process_start: 'started',
  network_connect: 'contacted',
  dns_query: 'asked for',
  file_create: 'wrote',
  file_rename: 'renamed a file to',
  file_stream: 'marked',
  file_delete: 'deleted',
  file_access: 'read',
  image_load: 'loaded',
  registry_set: 'set',
};

function objectOf(event: EndpointEvent, chain: Pick<Chain, 'index'>): string | undefined {
  if (event.kind === 'process_start') return undefined;
  return (
    destinationOf({ event }, chain) ??
    baseName(event['file.path']) ??
    baseName(event['dll.path']) ??
    event['registry.path']
  );
}

/** A length of time in a sentence: `31 min`, `4.2 s`; microseconds. */
export function spanText(length: number): string {
  return formatDuration(length)
    .replace(/ 00 (s|min)$/, '')
    .replace(/\.0 s$/, ' s');
}
