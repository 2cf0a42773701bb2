import type { EndpointEvent, EntityId } from '../../events/endpointEvent';
import { fileName } from '../../events/paths';
import type { FileEvent, HostIndex } from '../host/hostIndex';
import type { NamedEntry } from '../host/pathIndex';
import { JOIN_TOLERANCE } from '../matching/candidate';

/** A process that wrote a file, with the first record of it. */
export type Writer = { readonly writer: EntityId; readonly event: EndpointEvent };

/** Writers of one file that are told apart; a file that more have written is nobody's in particular. */
const WRITERS = 64;

const KNOWN = new WeakMap<NamedEntry<FileEvent>, readonly Writer[]>();

/** The processes that wrote a file up to a time, the earliest first. */
export function* writersOf(
  path: string,
  until: number,
  index: HostIndex,
  cut: ((what: string) => void) | undefined,
): Generator<Writer> {
  for (const { entry } of index.files.at(path)) {
    const writers = writersOfEntry(entry, index);
    for (const writer of writers) {
      if (writer.event.time > until + JOIN_TOLERANCE) break;
      yield writer;
    }
    if (writers.length === WRITERS)
      cut?.(`only the first ${WRITERS} programs that wrote ${fileName(path)} were looked at`);
  }
}

function writersOfEntry(entry: NamedEntry<FileEvent>, index: HostIndex): readonly Writer[] {
  const known = KNOWN.get(entry);
  if (known !== undefined) return known;
  const writers = new Map<EntityId, Writer>();
  for (const { event } of entry.values) {
    if (event.kind !== 'file_create' && event.kind !== 'file_rename' && event.kind !== 'file_stream')
      continue;
    const writer = index.lineage.processOf(event);
    if (writer !== undefined && !writers.has(writer)) writers.set(writer, { writer, event });
    if (writers.size === WRITERS) break;
  }
  const found = [...writers.values()];
  KNOWN.set(entry, found);
  return found;
}
