import type { LogRecord } from '../../events/record';
import { fieldValue } from './fieldText';

/** A value of a record's data: where it stands, name by name, and its text. */
type Said = readonly string[];

const SAID_MAX = 2000;
const DEPTH_MAX = 6;

/**
 * What a record of a log says, the same whichever way and however often it was collected: its data's values by name in
 * one order, without what the collector put there and without names that have no value; of a record without data its
 * message. Bounded, however it is nested: at most 2,000 values, six levels deep.
 */
export function sayingOf({ data, envelope, message }: LogRecord): readonly Said[] {
  const saying: Said[] = [];
  for (const name of Object.keys(data).sort())
    if (envelope === undefined || !envelope.has(name)) addSaid(saying, [name], data[name]);
  if (saying.length === 0) addSaid(saying, ['message'], message);
  return saying;
}

function addSaid(saying: Said[], path: readonly string[], value: unknown): void {
  if (saying.length >= SAID_MAX || value === undefined || value === null) return;
  if (typeof value !== 'object') {
    const text = fieldValue(value);
    if (typeof text === 'string') saying.push([...path, text]);
  } else if (path.length <= DEPTH_MAX) {
    // Of a list the order tells, of an object the names do.
    if (Array.isArray(value)) for (const one of value as unknown[]) addSaid(saying, [...path, ''], one);
    else
      for (const name of Object.keys(value).sort())
        addSaid(saying, [...path, name], (value as Readonly<Record<string, unknown>>)[name]);
  }
}
