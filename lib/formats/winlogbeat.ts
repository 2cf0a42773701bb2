import type { ExportFormat } from './exportFormat';
import { createJsonDecoder } from './jsonRecords';
import { windowsNormaliser } from './windows/normaliseWindows';
import { readWinlogbeat } from './windows/shapes/winlogbeat';
import { detectByRecords, detectByText } from './windowsDetection';

/** Winlogbeat 7 and 8 and Elastic Agent, from a file output, a search or Logstash. */
export const winlogbeat: ExportFormat = {
  id: 'winlogbeat',
  title: 'Winlogbeat 7/8, Elastic Agent Windows integrations (JSON)',
  detect: (sample) =>
    detectByRecords(sample, (record) => readWinlogbeat(record) !== undefined, 'winlog.event_id') ??
    detectByText(sample, ['"winlog', 'event_id"'], 'winlog and event_id'),
  decoder: createJsonDecoder,
  normalise: windowsNormaliser(readWinlogbeat),
};
