import type { NormalisedRecord } from '../../events/record';
import { put } from '../eventDraft';
import { ignored } from './draft';
import { build, putWriter, valueAt } from './operational';
import { count } from './values';
import type { WindowsRecord } from './windowsRecord';

/**
 * Crypto-DPAPI 16385: a program had Windows decrypt data with the user's key. `message` is what the data calls
 * itself (`Google Chrome`). Encrypting, which gives nothing away, is ignored by name.
 */
export function normaliseDpapi(record: WindowsRecord): NormalisedRecord {
  if (record.eventId !== 16385) return ignored(record);
  const operation = valueAt(record, { names: ['OperationType'], position: 0, labels: ['OperationType'] });
  if (operation !== undefined && !/unprotect/i.test(operation)) return ignored(record);
  return build(record, 'dpapi_use', (draft) => {
    putWriter(draft, record);
    put(draft, 'message', valueAt(record, { names: ['DataDescription'], labels: ['DataDescription'] }));
    const pid = count(
      valueAt(record, { names: ['CallerProcessID', 'CallerProcessId'], labels: ['CallerProcessID'] }),
    );
    put(draft, 'process.pid', pid);
    return pid === undefined ? 'no CallerProcessID' : undefined;
  });
}
