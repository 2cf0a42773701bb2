import { parseMicros } from '../../base/time';
import type { NormalisedRecord } from '../../events/record';
import { event, quarantined } from '../eventDraft';
import { DEFENDER, SECURITY, SYSMON } from './channels';
import { ignored, setAccount, startDraft } from './draft';
import { text } from './values';
import type { WindowsRecord } from './windowsRecord';

type Change = {
  readonly channel: string;
  /** What is said of it; undefined for a record that is no change for the worse. */
  readonly say: (record: WindowsRecord) => string | undefined;
};

/**
 * Records by which a source says that it stops, or is told to record otherwise. From then on silence of that
 * channel is no proof of anything.
 */
const CHANGES: ReadonlyMap<number, Change> = new Map([
  [4, { channel: SYSMON, say: stateOf }],
  [16, { channel: SYSMON, say: () => 'the configuration of Sysmon was changed' }],
  [255, { channel: SYSMON, say: errorOf }],
  [4719, { channel: SECURITY, say: () => 'the audit policy was changed' }],
  [5001, { channel: DEFENDER, say: () => 'the real-time protection of Defender was switched off' }],
]);

/** The event of such a record; undefined for every other. */
export function normaliseSensorChange(record: WindowsRecord): NormalisedRecord | undefined {
  const change = CHANGES.get(record.eventId);
  if (change === undefined || change.channel !== record.channel) return undefined;
  const what = change.say(record);
  if (what === undefined) return ignored(record);
  const utcTime = record.channel === SYSMON ? record.data.UtcTime : undefined;
  const draft = startDraft(
    record,
    'sensor_change',
    typeof utcTime === 'string' ? parseMicros(utcTime) : undefined,
  );
  if (typeof draft === 'string') return quarantined(draft);
  if (record.channel === SECURITY) setAccount(draft, record, 'Subject');
  draft.message = what;
  return event(draft);
}

/** Sysmon 4: only stopping makes blind. */
function stateOf(record: WindowsRecord): string | undefined {
  return text(record, 'State')?.toLowerCase() === 'stopped' ? 'Sysmon was stopped' : undefined;
}

/** Sysmon 255: a driver that failed, a queue that overflowed; `ID` names what. */
function errorOf(record: WindowsRecord): string {
  const id = text(record, 'ID');
  return id === undefined ? 'Sysmon reported an error' : `Sysmon reported an error (${id.slice(0, 60)})`;
}
