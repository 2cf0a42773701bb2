/**
 * The text block of a Splunk forwarder: a time, then `LogName=Security`, `EventCode=4688`, … and `Message=`,
 * which goes on to the block's end. Undefined if the text is no such block.
 */
export function parseEventBlock(text: string): Readonly<Record<string, string>> | undefined {
  if (!text.includes('EventCode=') || !text.includes('LogName=')) return undefined;
  const fields: Record<string, string> = {};
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end).trimEnd();
    const equals = line.indexOf('=');
    const name = equals < 0 ? '' : line.slice(0, equals);
    if (name === 'Message') {
      fields.Message = text.slice(at + equals + 1).trimEnd();
      break;
    }
    if (NAMES.has(name)) fields[name] = line.slice(equals + 1);
    else if (at === 0 && equals < 0) fields.EventTime = line;
    at = end + 1;
  }
  return fields.EventCode === undefined ? undefined : fields;
}

const NAMES: ReadonlySet<string> = new Set([
  'LogName',
  'SourceName',
  'EventCode',
  'EventType',
  'Type',
  'ComputerName',
  'User',
  'Sid',
  'SidType',
  'TaskCategory',
  'OpCode',
  'RecordNumber',
  'Keywords',
]);

/**
 * An event as wevtutil prints it (`/f:text`: `Event[0]:`, then `Log Name:`, `Source:`, `Date:`, `Event ID:`, …,
 * `Description:` and its text), or as Event Viewer copies it, in the shape of Get-WinEvent. English only:
 * the labels are the machine's language. Undefined if the text is no such event.
 */
export function parseEventListing(text: string): Readonly<Record<string, string>> | undefined {
  const fields: Record<string, string> = {};
  let at = 0;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, end);
    const colon = line.indexOf(':');
    const label = colon < 0 ? '' : line.slice(0, colon).trim();
    if (label === 'Description') {
      const xml = text.indexOf('\nEvent Xml:', end);
      fields.Message = text.slice(at + colon + 1, xml < 0 ? undefined : xml).trim();
      break;
    }
    const name = LABELS.get(label);
    if (name !== undefined) fields[name] = line.slice(colon + 1).trim();
    at = end + 1;
  }
  return fields.Id === undefined || fields.TimeCreated === undefined || fields.LogName === undefined
    ? undefined
    : fields;
}

const LABELS: ReadonlyMap<string, string> = new Map([
  ['Log Name', 'LogName'],
  ['Source', 'ProviderName'],
  ['Date', 'TimeCreated'],
  ['Event ID', 'Id'],
  ['Computer', 'MachineName'],
]);
