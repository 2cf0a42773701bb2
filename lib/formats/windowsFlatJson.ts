import type { ExportFormat, VendorRecord } from './exportFormat';
import { createJsonDecoder } from './jsonRecords';
import { windowsNormaliser } from './windows/normaliseWindows';
import { readFlat } from './windows/shapes/flat';
import { detectByRecords, detectByText } from './windowsDetection';

/** NXLog (im_msvistalog) and Security Datasets (Mordor) recordings: EventData's names at the top of one flat object. */
export const windowsFlatJson: ExportFormat = {
  id: 'windows-flat-json',
  title: 'Windows events, flat JSON (NXLog, Security Datasets)',
  detect: (sample) =>
    detectByRecords(sample, fits, 'EventID beside Channel or SourceName') ??
    detectByText(sample, ['"EventID"', '"Channel"'], 'EventID and Channel'),
  decoder: createJsonDecoder,
  normalise: windowsNormaliser(readFlat),
};

function fits(record: VendorRecord): boolean {
  return record.EventID !== undefined && (record.Channel !== undefined || record.SourceName !== undefined);
}
