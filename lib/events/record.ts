import type { Micros } from '../base/time';
import type { EndpointEvent } from './endpointEvent';

/** Where a record stands: the file (a member of an archive as `archive.zip/member.json`) and its number from 0. */
export type RecordPlace = {
  readonly file: string;
  readonly index: number;
};

/**
 * An event on its way in: everything of an EndpointEvent except what is decided over many records
 * (identity and the clock), which `events/eventId.ts` and `events/clock.ts` add.
 */
export type EventDraft = Omit<EndpointEvent, 'id' | 'time' | 'clock'>;

/** A vendor's id of a machine (lower case) and the machine's name (lower case) as one record gives both. */
export type DeviceName = { readonly id: string; readonly name: string };

/** Where a record stands in the log of its machine that numbers its records, as an event's own fields say of an event. */
export type LogPlace = {
  readonly host: string;
  readonly channel: string;
  readonly recordId: number;
  /** The log's own time of the record. */
  readonly recorded: Micros;
};

/**
 * A record of a Windows event log as its log wrote it, whatever collector brought it: the System part by meaning, the
 * EventData part by its own names. What rules written for Windows logs are tested on.
 */
export type LogRecord = {
  readonly channel: string;
  readonly eventId: number;
  /** Name of the provider, where the collector kept it. */
  readonly provider?: unknown;
  /** The machine as the record names it. */
  readonly host: unknown;
  /** The log's own time of the record in Micros; undefined where it could not be read. */
  readonly time: unknown;
  readonly recordId: unknown;
  readonly data: Readonly<Record<string, unknown>>;
  /**
   * Names in `data` that are not EventData's but the collector's own (when it received the record, which machine it ran
   * on), where it writes all into one object; absent: none.
   */
  readonly envelope?: ReadonlySet<string>;
  /** The rendered text, where the collector kept it. */
  readonly message: unknown;
};

/** What a format made of one record. Nothing else can become of it; duplicates are found by id later. */
export type NormalisedRecord =
  | {
      readonly outcome: 'event';
      readonly event: EventDraft;
      /** The record itself, of a Windows event log. Not kept beyond the batch. */
      readonly written?: LogRecord;
    }
  /**
   * A record of a kind we do not use, named for the ledger, e.g. `Sysmon 10`. Where it ties a device id to a
   * machine's name, which the product's events may lack, `device` says so. `log`: it came, if for nothing else than
   * that its number is not missing.
   */
  | {
      readonly outcome: 'ignored';
      readonly type: string;
      readonly device?: DeviceName;
      readonly log?: LogPlace;
      readonly written?: LogRecord;
    }
  /** A record that should have become an event and could not; the reason says what to look at. */
  | { readonly outcome: 'quarantined'; readonly reason: string; readonly log?: LogPlace };

/** An event together with the place of the record it came from. */
export type PlacedEvent = EndpointEvent & { readonly place?: RecordPlace };
