import type { EcsNumber, EcsText, EventKind } from '../events/endpointEvent';
import type { PlacedEvent } from '../events/record';
import { sourceOf } from '../visibility/sources';
import type { ReadRecording } from './recording';

type Field = keyof EcsText | keyof EcsNumber;

/** Something that can be taken away from a recording: what a source, a setting or a licence would give. */
export type TelemetryPart = {
  /** `network events`, or a source as lib/visibility/sources.ts names it. */
  readonly without: string;
  /** The event as it is without the part; undefined when the event itself is it; the same event when it has none of it. */
  readonly strip: (event: PlacedEvent) => PlacedEvent | undefined;
};

/** Parts by what is recorded, whoever records it; in the order in which people think of them. */
export const TELEMETRY_PARTS: readonly TelemetryPart[] = [
  kinds('network events', ['network_connect']),
  kinds('DNS', ['dns_query']),
  kinds('file events', [
    'file_create',
    'file_rename',
    'file_delete',
    'file_stream',
    'file_access',
    'file_time',
  ]),
  kinds('image loads', ['image_load']),
  kinds('process ends', ['process_end']),
  kinds('registry events', [
    'registry_add',
    'registry_set',
    'registry_delete',
    'registry_rename',
    'registry_access',
  ]),
  kinds('script blocks', ['script_block', 'script_module']),
  fields('command lines', ['process.command_line', 'process.parent.command_line']),
  fields('parent fields', [
    'process.parent.entity_id',
    'process.parent.executable',
    'process.parent.command_line',
    'process.parent.pid',
    'process.parent.start',
    'process.parent.Ext.real.entity_id',
    'process.parent.Ext.real.executable',
    'process.parent.Ext.real.pid',
  ]),
  fields('origin URLs', ['file.origin_url', 'file.origin_referrer_url']),
  fields('user names', ['user.name', 'user.domain', 'user.id']),
];

/** Everything of one source. */
export function sourcePart(source: string): TelemetryPart {
  const known = new Map<string, boolean>();
  return {
    without: source,
    strip: (event) => {
      const own = known.get(event.channel) ?? sourceOf(event.channel) === source;
      known.set(event.channel, own);
      return own ? undefined : event;
    },
  };
}

/** The recording without a part; undefined when it has none of it. */
export function withoutPart(recording: ReadRecording, { strip }: TelemetryPart): ReadRecording | undefined {
  let had = false;
  const hosts = new Map(
    [...recording.hosts].map(([host, events]) => [
      host,
      events.flatMap((event) => {
        const left = strip(event);
        if (left !== event) had = true;
        return left === undefined ? [] : [left];
      }),
    ]),
  );
  return had ? { hosts, refusals: recording.refusals } : undefined;
}

function kinds(without: string, of: readonly EventKind[]): TelemetryPart {
  const set = new Set(of);
  return { without, strip: (event) => (set.has(event.kind) ? undefined : event) };
}

function fields(without: string, names: readonly Field[]): TelemetryPart {
  return {
    without,
    strip: (event) => {
      if (names.every((name) => event[name] === undefined)) return event;
      const left: Partial<Record<Field, unknown>> = { ...event };
      for (const name of names) delete left[name];
      return left as PlacedEvent;
    },
  };
}
