import type { ExportFormat, VendorRecord } from './exportFormat';
import { windowsNormaliser } from './windows/normaliseWindows';
import { eventXmlText } from './windows/shapes/eventText';
import { readSplunk } from './windows/shapes/splunk';

/** Windows events out of a Splunk search, or as a forwarder's text blocks. */
export const windowsSplunk: ExportFormat = {
  id: 'splunk-windows',
  title: 'Splunk Windows events (search export, WinEventLog text)',
  layouts: ['json', 'csv', 'lines'],
  shape: 'EventCode, or EventID beside _time',
  fits,
  marks: ['EventCode=', 'LogName='],
  normalise: windowsNormaliser(readSplunk),
};

function fits(record: VendorRecord): boolean {
  const named =
    (record.EventCode !== undefined &&
      (record.ComputerName !== undefined ||
        record.Computer !== undefined ||
        record.LogName !== undefined ||
        record.host !== undefined)) ||
    (record.EventID !== undefined && (record._time !== undefined || record._raw !== undefined));
  if (!named) return typeof record._raw === 'string' && isBlock(record._raw);
  return (
    record.TimeGenerated === undefined && record.RuleTitle === undefined && eventXmlText(record) === undefined
  );
}

/** The beginning of a forwarder's text block: a time, then the log's name. */
function isBlock(text: string): boolean {
  const at = text.indexOf('LogName=');
  return at >= 0 && at < 64 && text.includes('EventCode=');
}
