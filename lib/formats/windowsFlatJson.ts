import type { ExportFormat, VendorRecord } from './exportFormat';
import { isObject } from './jsonSink';
import { windowsNormaliser } from './windows/normaliseWindows';
import { readFlat } from './windows/shapes/flat';

/** NXLog (im_msvistalog) and Security Datasets (Mordor) recordings: EventData's names at the top of one flat object. */
export const windowsFlatJson: ExportFormat = {
  id: 'windows-flat-json',
  title: 'Windows events, flat JSON (NXLog, Fluent Bit, Security Datasets)',
  layouts: ['json', 'csv', 'lines'],
  shape: 'EventID beside Channel or SourceName',
  fits,
  marks: ['"EventID"', '"Channel"'],
  normalise: windowsNormaliser(readFlat),
};

/** Tables of Log Analytics and Splunk and Hayabusa's timeline have these names too, beside one of their own. */
function fits(record: VendorRecord): boolean {
  return (
    record.EventID !== undefined &&
    (record.Channel !== undefined || record.SourceName !== undefined) &&
    record.TimeGenerated === undefined &&
    record['TimeGenerated [UTC]'] === undefined &&
    record.RuleTitle === undefined &&
    record._time === undefined &&
    record._raw === undefined &&
    !isObject(record.EventData)
  );
}
