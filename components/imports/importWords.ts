import { sizeText } from '@/components/shared/sizeText';
import type { AuditView } from '@/lib/contracts/audit';
import type { ImportMember, ImportView, RecordCounts } from '@/lib/contracts/imports';

export type LedgerPart = 'events' | 'ignored' | 'duplicates' | 'quarantined';
export const LEDGER_PARTS: readonly LedgerPart[] = ['events', 'ignored', 'duplicates', 'quarantined'];

const PART_WORD: Record<LedgerPart, readonly [one: string, many: string]> = {
  events: ['event', 'events'],
  ignored: ['ignored', 'ignored'],
  duplicates: ['duplicate', 'duplicates'],
  quarantined: ['quarantined', 'quarantined'],
};

/** "1,204 events", "1 duplicate". */
export function partText(part: LedgerPart, count: number): string {
  return `${count.toLocaleString('en')} ${PART_WORD[part][count === 1 ? 0 : 1]}`;
}

/**
 * Widths of the ledger's parts in percent. A part that has any record is at least `least` wide, so that one
 * quarantined record among a million can be seen and clicked; the others give way in proportion. Sums to 100, or to 0
 * when nothing was read.
 */
export function ledgerWidths(records: RecordCounts, least = 2.5): Record<LedgerPart, number> {
  const widths = { events: 0, ignored: 0, duplicates: 0, quarantined: 0 };
  const some = LEDGER_PARTS.filter((part) => records[part] > 0);
  const small = some.filter((part) => (records[part] / records.read) * 100 < least);
  const large = some.filter((part) => !small.includes(part));
  const sum = large.reduce((total, part) => total + records[part], 0);
  for (const part of small) widths[part] = least;
  for (const part of large) widths[part] = (records[part] / sum) * (100 - small.length * least);
  return widths;
}

const STATE_WORD: Record<ImportView['state'], string> = {
  receiving: 'Receiving',
  parsing: 'Reading records',
  correlating: 'Matching chains',
  done: 'Done',
  failed: 'Failed',
};

/** "Reading records, 45 %"; what is being taken out, or read a second time, is said as well. */
export function stateText(
  thisImport: Pick<ImportView, 'state' | 'progress'> & Partial<Pick<ImportView, 'clearing' | 'scope'>>,
): string {
  if (thisImport.clearing === 'cancel') return 'Cancelling: taking out what was read';
  if (thisImport.clearing === 'reparse') return 'Taking out what was read, to read it again';
  const word =
    thisImport.state === 'parsing' && thisImport.scope === 'quarantined'
      ? 'Reading the quarantine again'
      : STATE_WORD[thisImport.state];
  return thisImport.state === 'done' || thisImport.state === 'failed'
    ? word
    : `${word}, ${Math.round(thisImport.progress * 100)} %`;
}

/** "winlogbeat, 95 % sure: 50 of the first 50 records have winlog.event_id". */
export function formatText(member: Pick<ImportMember, 'format' | 'confidence' | 'reason'>): string {
  if (member.format === null) return 'Not read';
  if (member.confidence === null) return `${member.format}, as chosen`;
  const sure = `${member.format}, ${Math.round(member.confidence * 100)} % sure`;
  return member.reason === null ? sure : `${sure}: ${member.reason}`;
}

/** What leaves with an import, for whoever is about to delete it. */
export function deletionText({ records, findings }: Pick<ImportView, 'records' | 'findings'>): string {
  const events = partText('events', records.events);
  const stay = 'Events that other imports contain stay with those.';
  const changed =
    findings === 0
      ? 'No finding cites it.'
      : `${findings === 1 ? '1 finding' : `${findings.toLocaleString('en')} findings`} may change or go; what people decided stays.`;
  return `${records.events === 1 ? 'Its 1 event leaves' : `Its ${events} leave`}. ${stay} ${changed}`;
}

/** What somebody did, completing "anna …". */
export function auditText({ action, details }: Pick<AuditView, 'action' | 'details'>): string {
  const withPassword = details.passwordGiven === true ? ' with a password' : '';
  if (action === 'import.created')
    return `imported it${typeof details.bytes === 'number' ? `, ${sizeText(details.bytes)}` : ''}`;
  if (action === 'import.resumed') return 'sent the same bytes again; reading went on';
  if (action === 'import.cancelled')
    return details.what === 'quarantined' ? 'stopped the second reading' : 'cancelled it';
  if (action === 'import.deleted') return 'deleted it';
  if (action === 'import.original_taken') return 'took out the file as it was sent';
  if (action !== 'import.reparsed') return action;
  if (details.what === 'quarantined')
    return `had ${Number(details.quarantined).toLocaleString('en')} quarantined records read again${withPassword}`;
  const formats = [
    typeof details.format !== 'string'
      ? ''
      : details.format === 'auto'
        ? ', its format told by its content'
        : ` as ${details.format}`,
    typeof details.memberFormats === 'string' ? ', single files in formats of their own' : '',
  ].join('');
  return `had it read again${formats}${withPassword}`;
}

/** "log clock 4 h behind the sensor's on FIN-WS07; corrected". Positive offset: what must be added to the log's time. */
export function clockText(
  offset: ImportView['clockOffsets'][number],
  duration: (ms: number) => string,
): string {
  const direction = offset.offsetSeconds > 0 ? 'behind' : 'ahead of';
  return `Log clock of ${offset.host} is ${duration(Math.abs(offset.offsetSeconds) * 1000)} ${direction} the sensor's; corrected`;
}
