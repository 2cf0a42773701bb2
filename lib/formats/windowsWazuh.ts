import type { ExportFormat, VendorRecord } from './exportFormat';
import { isObject } from './jsonSink';
import { joined, textOf } from './vendorValues';
import { normaliseWindows, windowsNormaliser } from './windows/normaliseWindows';
import { ruleAlert } from './windows/ruleAlert';
import { readWazuh, winOf } from './windows/shapes/wazuh';

/**
 * Wazuh's alerts and archives of Windows events. An alert holds the event that raised it: both are read. Rules
 * below level 7 (Wazuh's "medium") classify rather than alert; their event is read alone.
 */
export const windowsWazuh: ExportFormat = {
  id: 'wazuh',
  title: 'Wazuh alerts and archives of Windows events (JSON)',
  layouts: ['json', 'csv', 'lines'],
  shape: 'data.win.system',
  fits: (record) => winOf(record) !== undefined,
  marks: ['"win"', '"eventdata"'],
  split,
  normalise: (record) => (record['#part'] === 'alert' ? normaliseAlert(record) : readEvent(record)),
};

const readEvent = windowsNormaliser(readWazuh);

const ALERT_LEVEL_MIN = 7;

function split(record: VendorRecord): readonly VendorRecord[] | undefined {
  if (record['#part'] !== undefined || levelOf(record) < ALERT_LEVEL_MIN) return undefined;
  const read = readWazuh(record);
  if (read === undefined) return undefined;
  const alert = { ...record, '#part': 'alert' };
  // What is no event for us stays one record: its alert.
  return normaliseWindows(read).outcome === 'event' ? [{ ...record, '#part': 'event' }, alert] : [alert];
}

function levelOf(record: VendorRecord): number {
  const { rule } = record;
  const level = isObject(rule) ? Number(rule.level) : Number.NaN;
  return Number.isFinite(level) ? level : 0;
}

function normaliseAlert(record: VendorRecord): ReturnType<typeof ruleAlert> {
  const read = readWazuh(record);
  if (read === undefined) return readEvent(record);
  const rule = isObject(record.rule) ? record.rule : {};
  const mitre = isObject(rule.mitre) ? rule.mitre : {};
  const level = levelOf(record);
  return ruleAlert(read, {
    channel: 'Wazuh/Alerts',
    title: textOf(rule.description),
    id: textOf(rule.id),
    eventId: textOf(record.id),
    severity: level >= 15 ? 99 : level >= 12 ? 73 : 47,
    techniques: joined(mitre.id),
    tactics: joined(mitre.tactic),
  });
}
