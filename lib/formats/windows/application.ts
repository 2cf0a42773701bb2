import type { NormalisedRecord } from '../../events/record';
import { type OpenDraft, put } from '../eventDraft';
import { ignored } from './draft';
import { build, type Place, putWriter, valueAt } from './operational';
import { count } from './values';
import type { WindowsRecord } from './windowsRecord';

/**
 * The Application log: 1000 a program crashed, 1002 it hung, 1001 Windows Error Reporting reported either. Other
 * sources write the same numbers (LoadPerf 1000, reports of healthy programs under 1001); they are ignored.
 */
export function normaliseApplication(record: WindowsRecord): NormalisedRecord {
  const places = PLACES[record.eventId];
  const program = places === undefined ? undefined : programOf(record, places);
  if (places === undefined || program === undefined) return ignored(record);
  return build(record, 'app_crash', (draft) => setCrash(draft, record, places, program));
}

type Places = { readonly name: Place; readonly path: Place; readonly pid: Place };

const NOWHERE: Place = { names: [] };

const PLACES: Readonly<Record<number, Places>> = {
  1000: {
    name: { names: ['AppName'], position: 0, labels: ['Faulting application name', 'Faulting application'] },
    path: { names: ['AppPath'], position: 10, labels: ['Faulting application path'] },
    pid: { names: ['ProcessId'], position: 8, labels: ['Faulting process id'] },
  },
  1001: {
    name: { names: ['P1'], position: 5, labels: ['P1'] },
    path: NOWHERE,
    pid: NOWHERE,
  },
  1002: {
    name: { names: ['Program', 'AppName', 'Application'], position: 0 },
    path: { names: ['Path', 'AppPath', 'ApplicationPath'], position: 5, labels: ['Application Path'] },
    pid: { names: ['ProcessId', 'ProcessID'], position: 2, labels: ['Process ID'] },
  },
};

/** The program's file name; undefined when the record is of another source or of no crash. */
function programOf(record: WindowsRecord, places: Places): string | undefined {
  if (record.eventId === 1001) {
    const name = valueAt(record, { names: ['EventName'], position: 2, labels: ['Event Name'] });
    if (name === undefined || !CRASHES.test(name)) return undefined;
  }
  const written = valueAt(record, places.name) ?? hungProgram(record);
  // `x.exe, version: 1.0, time stamp: 0x5` in messages.
  const program = written?.split(', ')[0];
  return program !== undefined && /\.(?:exe|com|scr|dll)(?:_|$)/i.test(program) ? program : undefined;
}

/** Reports that a program stopped: of its own fault, by its runtime, or hanging. */
const CRASHES =
  /^(?:appcrash|appterm|bex|clr20r3|apphang|inpageerror|mo(?:appcrash|bex|apphang)|crash|stackhash)/i;

function hungProgram({ eventId, message }: WindowsRecord): string | undefined {
  if (eventId !== 1002 || typeof message !== 'string') return undefined;
  return /^The program (\S{1,260}) version /.exec(message)?.[1];
}

function setCrash(draft: OpenDraft, record: WindowsRecord, places: Places, program: string): undefined {
  putWriter(draft, record);
  put(draft, 'process.executable', valueAt(record, places.path) ?? program.replace(/_.*$/, ''));
  const pid = valueAt(record, places.pid);
  // Written in hexadecimal, with or without `0x`.
  put(draft, 'process.pid', pid === undefined ? undefined : count(/^0x/i.test(pid) ? pid : `0x${pid}`));
}
