import { formatMicros, parseMicros } from '../../base/time';
import type { EventView } from '../../contracts/events';
import type { StageEventView, StageView } from '../../contracts/findings';
import { type Story, whatOf } from './story';

/**
 * One line per event of a stage, as Timesketch imports JSONL: `message`, `datetime` (ISO 8601 with offset) and
 * `timestamp_desc` on every line, `timestamp` in microseconds, `tag`s, and the event's fields under their ECS names; one
 * that is named as something of ours is (`message`, `event_id`) under that name with `vendor_` before it.
 * In order of time. The empty string when no stage has an event.
 */
export function toTimesketch({ finding, events, annotations }: Story): string {
  const told = finding.stages.flatMap((stage) => stage.events.map((event) => ({ stage, event })));
  told.sort((a, b) => (a.event.time < b.event.time ? -1 : a.event.time > b.event.time ? 1 : 0));
  const lines = told.map(({ stage, event }) => {
    const said = annotations.get(event.eventId);
    const comments = said?.comments.map(({ by, text }) => `${by}: ${text}`) ?? [];
    const own = {
      message: `${stage.title}: ${whatOf(event)}`,
      ...timesOf(event),
      timestamp_desc: `${finding.analytic}/${stage.id}`,
      hostname: finding.host,
      username: event.user,
      event_kind: event.kind,
      process: event.image,
      command_line: event.commandLine,
      path: event.path,
      destination: event.destination,
      query: event.query,
      tag: tagsOf(stage, said?.flag != null),
      ...(comments.length === 0 ? {} : { analyst_comment: comments.join('\n') }),
      finding: finding.id,
      finding_headline: finding.headline,
      event_id: event.eventId,
      ...(event.record === null ? {} : { record_file: event.record.file, record_index: event.record.index }),
    };
    return JSON.stringify({ ...own, ...fieldsOf(events.get(event.eventId)) });
  });
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

function timesOf({ time }: StageEventView): { readonly datetime: string; readonly timestamp?: number } {
  const at = parseMicros(time);
  if (at === undefined) return { datetime: time };
  return { datetime: formatMicros(at).replace('Z', '+00:00'), timestamp: at };
}

function tagsOf(stage: StageView, flagged: boolean): readonly string[] {
  const strength = stage.relation?.strength ?? 'exact';
  return [
    'sequela',
    `stage:${stage.id}`,
    ...(strength === 'exact' ? [] : [`link:${strength}`]),
    ...(flagged ? ['flagged'] : []),
  ];
}

/** Names of ours on a line, whether or not this one has them. */
const OWN: ReadonlySet<string> = new Set([
  ...['message', 'datetime', 'timestamp', 'timestamp_desc', 'tag', 'hostname', 'username', 'analyst_comment'],
  ...['event_kind', 'process', 'command_line', 'path', 'destination', 'query'],
  ...['finding', 'finding_headline', 'event_id', 'record_file', 'record_index'],
]);

/** ECS fields with dots as underscores: Timesketch reads a dot as nesting. */
function fieldsOf(event: EventView | undefined): Readonly<Record<string, string | number>> {
  return Object.fromEntries(
    Object.entries(event?.fields ?? {}).map(([field, value]) => {
      const name = field.replaceAll('.', '_');
      return [OWN.has(name) ? `vendor_${name}` : name, value];
    }),
  );
}
