import type { NormalisedRecord } from '../events/record';
import { ignored, quarantined } from './eventDraft';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { joined, severityOf, textOf } from './vendorValues';
import { attackTags } from './windows/attackTags';
import { label } from './windows/draft';
import { normaliseWindows } from './windows/normaliseWindows';
import { ruleAlert } from './windows/ruleAlert';
import { readHayabusa } from './windows/shapes/hayabusa';

/**
 * Hayabusa's timelines, CSV, JSON or JSON lines: a rule and the record it matched. Each is an alert; where the
 * record's own fields are there (`AllFieldInfo`, or enough of `Details`), it is read as an event too. Level
 * `informational` marks what happened rather than what is wrong: those lines are read as events only.
 */
export const windowsHayabusa: ExportFormat = {
  id: 'hayabusa',
  title: 'Hayabusa timeline (JSON, CSV)',
  layouts: ['json', 'csv'],
  shape: 'RuleTitle beside Channel and EventID',
  fits,
  marks: ['"RuleTitle"', '"Channel"'],
  split,
  normalise,
};

function fits(record: VendorRecord): boolean {
  return record.RuleTitle !== undefined && record.EventID !== undefined && record.Computer !== undefined;
}

function split(record: VendorRecord): readonly VendorRecord[] | undefined {
  const read = readHayabusa(record);
  if (read === undefined || normaliseWindows(read).outcome !== 'event') return undefined;
  const event = { ...record, '#part': 'event' };
  return isInformational(record) ? [event] : [event, record];
}

function isInformational(record: VendorRecord): boolean {
  return severityOfLevel(textOf(record.Level)) === 1;
}

function normalise(record: VendorRecord): NormalisedRecord {
  const read = readHayabusa(record);
  if (read === undefined) return quarantined('a Hayabusa detection without an event number');
  if (record['#part'] === 'event') return normaliseWindows(read);
  if (isInformational(record)) return ignored(`Hayabusa informational, ${label(read)}`);
  const tags = attackTags(record.MitreTactics, record.MitreTags, record.OtherTags);
  return ruleAlert(read, {
    channel: 'Hayabusa/Alerts',
    title: textOf(record.RuleTitle),
    id: textOf(record.RuleID),
    severity: severityOfLevel(textOf(record.Level)),
    techniques: tags.techniques,
    tactics: tags.tactics ?? joined(record.MitreTactics),
  });
}

/** Full or abbreviated: `critical` and `crit`, `medium` and `med`. */
function severityOfLevel(level: string | undefined): number | undefined {
  return severityOf(level) ?? LEVELS.get(level?.trim().toLowerCase() ?? '');
}

const LEVELS: ReadonlyMap<string, number> = new Map([
  ['emergency', 99],
  ['emer', 99],
  ['crit', 99],
  ['med', 47],
]);
