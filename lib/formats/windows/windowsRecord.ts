import type { VendorRecord } from '../exportFormat';

/** A Windows event record, whatever wrote it as JSON: the System part by meaning, the EventData part by its own names. */
export type WindowsRecord = {
  readonly channel: string;
  readonly eventId: number;
  /** The machine the event happened on; never the collector. */
  readonly host: unknown;
  /** The log's own time of the record (TimeCreated). */
  readonly time: unknown;
  readonly recordId: unknown;
  readonly data: VendorRecord;
  /** The rendered text, which some collectors keep where they lose single fields. */
  readonly message: unknown;
  /** Process that wrote the record: for PowerShell, PowerShell itself; for Sysmon and Security, the logger. */
  readonly writerPid: unknown;
  /** Account of that process. */
  readonly writer?: { readonly sid?: unknown; readonly name?: unknown; readonly domain?: unknown };
  /**
   * NXLog writes values XML-escaped (`1&gt; out.txt`) and lets its own ProcessID and EventType replace those
   * of EventData; both are made good where the record allows.
   */
  readonly nxlog: boolean;
};

/** Reads a record of one JSON shape, or undefined if it is not of this shape. */
export type WindowsShape = (record: VendorRecord) => WindowsRecord | undefined;

export const SYSMON = 'Microsoft-Windows-Sysmon/Operational';
export const SECURITY = 'Security';
export const POWERSHELL = 'Microsoft-Windows-PowerShell/Operational';
export const SYSTEM = 'System';

/** The channel a record belongs to, in its own spelling; the provider tells when the channel is missing or a collector's. */
export function channelOf(channel: unknown, provider: unknown): string {
  if (typeof channel === 'string' && channel !== '' && channel !== 'ForwardedEvents') {
    return CHANNEL_BY_NAME.get(channel) ?? CHANNEL_BY_NAME.get(channel.toLowerCase()) ?? channel;
  }
  return typeof provider === 'string' ? (CHANNEL_OF_PROVIDER.get(provider) ?? provider) : '';
}

/** Channel names have no case, and collectors write them in any (`security`): one spelling each, so that they join. */
const CHANNEL_BY_NAME: ReadonlyMap<string, string> = new Map(
  [SYSMON, SECURITY, POWERSHELL, SYSTEM].flatMap((name) => [
    [name, name],
    [name.toLowerCase(), name],
  ]),
);

const CHANNEL_OF_PROVIDER: ReadonlyMap<string, string> = new Map([
  ['Microsoft-Windows-Sysmon', SYSMON],
  ['Microsoft-Windows-Security-Auditing', SECURITY],
  ['Microsoft-Windows-PowerShell', POWERSHELL],
]);

/** An event number written as number or text; undefined if it is neither. */
export function eventNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  if (typeof value !== 'string' || value === '') return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
