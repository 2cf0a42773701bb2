import type { EndpointEvent, EventKind } from '../../events/endpointEvent';
import { namedHosts } from '../../events/namedHosts';
import type { Match } from '../chain';
import type { HostIndex } from '../host/hostIndex';
import type { Candidate, Wanted } from './candidate';

/** Kinds whose records can name another machine in a command line or address. */
const NAMING_KINDS: readonly EventKind[] = ['process_start', 'bits_transfer'];

const INDEXES = new WeakMap<HostIndex, ReadonlyMap<string, readonly EndpointEvent[]>>();

/**
 * Records that name the same other machine as the stage's process does, in a URL or a network path: what Windows'
 * own services do on a program's behalf (a BITS job, the WebDAV client's helper) is tied to it in no other way.
 */
export function* namesSameHost(from: Match, wanted: Wanted, index: HostIndex): Generator<Candidate> {
  const hosts = hostsOf(from.event, index.nodeOf(from.process)?.commandLine);
  if (hosts.length === 0) return;
  const naming = indexOf(index);
  for (const host of hosts) {
    const run = naming.get(host);
    if (run === undefined) continue;
    yield {
      run,
      from: wanted.from,
      to: wanted.to,
      exceptEvent: from.event?.id,
      strength: 'inferred',
      hops: [{ text: `both name ${host}`, strength: 'inferred' }],
    };
  }
}

/** Built when first asked for, once per host. */
function indexOf(index: HostIndex): ReadonlyMap<string, readonly EndpointEvent[]> {
  const known = INDEXES.get(index);
  if (known !== undefined) return known;
  const naming = new Map<string, EndpointEvent[]>();
  for (const kind of NAMING_KINDS) {
    for (const event of index.ofKind(kind)) {
      for (const host of hostsOf(event, undefined)) {
        const events = naming.get(host);
        if (events === undefined) naming.set(host, [event]);
        else events.push(event);
      }
    }
  }
  INDEXES.set(index, naming);
  return naming;
}

function hostsOf(event: EndpointEvent | undefined, commandLine: string | undefined): readonly string[] {
  return namedHosts(
    [event?.['process.command_line'] ?? commandLine, event?.['url.full'], event?.['task.command']]
      .filter((text) => text !== undefined)
      .join(' '),
  );
}
