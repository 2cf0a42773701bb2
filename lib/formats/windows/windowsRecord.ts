import type { VendorRecord } from '../exportFormat';

/** A Windows event record, whatever wrote it as JSON: the System part by meaning, the EventData part by its own names. */
export type WindowsRecord = {
  readonly channel: string;
  readonly eventId: number;
  /** Name of the provider, where the collector kept it. */
  readonly provider?: unknown;
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
  /** Names in `data` that are the collector's own, of shapes that write all into one object. */
  readonly envelope?: ReadonlySet<string>;
  /** EventData's values in their order, for exports that keep them without names. */
  readonly values?: readonly string[];
};

/** Reads a record of one JSON shape, or undefined if it is not of this shape. */
export type WindowsShape = (record: VendorRecord) => WindowsRecord | undefined;

/** An event number written as number or text; undefined if it is neither. */
export function eventNumber(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  if (typeof value !== 'string' || value === '') return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}
