import type { NormalisedRecord } from '../../events/record';
import { type OpenDraft, put, putUser } from '../eventDraft';
import { ignored } from './draft';
import { build, type Place, putWriter, valueAt } from './operational';
import { count } from './values';
import type { WindowsRecord } from './windowsRecord';

/**
 * Bits-Client/Operational: 3 and 16403 a job was made (by whom, and of what), 59 a transfer began, 60 and 61 it
 * ended. `event.id` is the job's id, which all of them carry; the process of 3 is the client, of the others BITS.
 */
export function normaliseBits(record: WindowsRecord): NormalisedRecord {
  return KINDS.has(record.eventId) ? build(record, 'bits_transfer', setTransfer) : ignored(record);
}

const KINDS: ReadonlySet<number> = new Set([3, 59, 60, 61, 16403]);

function setTransfer(draft: OpenDraft, record: WindowsRecord): string | undefined {
  const made = record.eventId === 3 || record.eventId === 16403;
  const job = valueAt(record, made ? MADE.job : MOVED.job)
    ?.replace(/[{}]/g, '')
    .toLowerCase();
  const url = valueAt(record, made ? MADE.url : MOVED.url);
  const title = valueAt(record, made ? MADE.title : MOVED.title);
  if (job === undefined && url === undefined && title === undefined) return 'neither a job nor a URL';
  put(draft, 'event.id', job);
  put(draft, 'url.full', url);
  put(draft, 'file.path', valueAt(record, MADE.file));
  put(draft, 'message', title);
  const owner = made ? valueAt(record, MADE.owner) : undefined;
  if (owner === undefined) putWriter(draft, record);
  else putUser(draft, owner);
  if (made) {
    put(draft, 'process.executable', valueAt(record, MADE.image));
    put(draft, 'process.pid', count(valueAt(record, MADE.pid)));
  } else put(draft, 'process.pid', count(record.writerPid));
  return undefined;
}

const MADE = {
  title: { names: ['jobTitle', 'string'], position: 0, labels: ['Transfer job'] },
  job: { names: ['jobId', 'string2'], position: 1, labels: ['Job ID'] },
  owner: { names: ['jobOwner', 'string3'], position: 2, labels: ['Owner'] },
  image: { names: ['processPath'], labels: ['Process Path', 'Process'] },
  pid: { names: ['processId'], labels: ['Process ID'] },
  url: { names: ['RemoteName'] },
  file: { names: ['LocalName'] },
} as const satisfies Readonly<Record<string, Place>>;

const MOVED = {
  title: { names: ['name'], position: 1 },
  job: { names: ['Id'], position: 2 },
  url: { names: ['url'], position: 3 },
} as const satisfies Readonly<Record<string, Place>>;
