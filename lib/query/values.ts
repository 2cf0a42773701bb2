import type { EndpointEvent } from '../events/endpointEvent';
import type { EventPart, QuerySource } from './fields';

/** What is known of an event that does not stand in it. */
export type EventContext = {
  /** All names of its host; without them, the one it has. */
  readonly hostNames?: readonly string[];
  /** Numbers of the imports that contain it. */
  readonly imports?: readonly number[];
};

/** The values an event has of a source; none when the record did not say. */
export function valuesOf(
  source: QuerySource,
  event: EndpointEvent,
  context: EventContext = {},
): readonly (string | number)[] {
  if (source.from === 'event') return partOf(source.part, event, context);
  const value = event[source.field];
  if (value === undefined) return [];
  if (source.from === 'field') return [value];
  const derived = typeof value === 'string' ? derivedValue(source.from, value) : undefined;
  return derived === undefined ? [] : [derived];
}

function partOf(part: EventPart, event: EndpointEvent, context: EventContext): readonly (string | number)[] {
  switch (part) {
    case 'time':
      return [event.time];
    case 'recorded':
      return [event.recorded];
    case 'id':
      return [event.id];
    case 'kind':
      return [event.kind];
    case 'code':
      return [event.code];
    case 'channel':
      return [event.channel];
    case 'host':
      return context.hostNames ?? [event.host];
    case 'record':
      return event.recordId === undefined ? [] : [event.recordId];
    case 'import':
      return context.imports ?? [];
  }
}

/** What a field that is read off another's text (the name of a path, the host of a URL) says; undefined for nothing. */
export function derivedValue(
  what: Exclude<QuerySource['from'], 'event' | 'field'>,
  text: string,
): string | undefined {
  return derive(what, text) || undefined;
}

function derive(what: Exclude<QuerySource['from'], 'event' | 'field'>, value: string): string {
  switch (what) {
    case 'name':
      return lastSegment(value);
    case 'fileName':
      return withoutStream(lastSegment(value));
    case 'extension': {
      const name = withoutStream(lastSegment(value));
      const dot = name.lastIndexOf('.');
      return dot === -1 ? '' : name.slice(dot + 1);
    }
    case 'domain':
      return URL_HOST.exec(value)?.[1] ?? '';
  }
}

/** Host of a URL; the database uses the same expression (lib/storage/eventQuery.ts). */
const URL_HOST = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)/;

function lastSegment(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1);
}

function withoutStream(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(0, colon);
}
