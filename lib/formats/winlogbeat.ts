import { endpointStream, isKibanaAlert } from './elastic/recordShapes';
import type { ExportFormat, VendorRecord } from './exportFormat';
import { isObject } from './jsonSink';
import { windowsNormaliser } from './windows/normaliseWindows';
import { readWinlogbeat } from './windows/shapes/winlogbeat';

/** Winlogbeat 7 and 8 and Elastic Agent, from a file output, a search or Logstash. */
export const winlogbeat: ExportFormat = {
  id: 'winlogbeat',
  title: 'Winlogbeat 7/8, Elastic Agent Windows integrations (JSON)',
  layouts: ['json', 'csv'],
  shape: 'winlog.event_id',
  fits,
  marks: ['"winlog', 'event_id"'],
  normalise: windowsNormaliser(readWinlogbeat),
};

function fits(record: VendorRecord): boolean {
  const ours =
    isObject(record.winlog) ||
    record['winlog.event_id'] !== undefined ||
    record['winlog.channel'] !== undefined;
  // A detection alert repeats the event that met its rule: it is an alert, not that event again. Elastic Defend has
  // values of the event log within its own logons.
  return ours && !isKibanaAlert(record) && endpointStream(record) === undefined;
}
