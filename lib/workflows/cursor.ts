import { AppError } from '../base/appError';
import { parseMicros } from '../base/time';
import { STORABLE } from '../contracts/scalars';
import type { EventCursor } from '../storage/eventPages';

type Kinds = { readonly number: number; readonly string: string };

/** Writes the place where a page ended; opaque to clients. */
export function toCursor(values: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** Reads a cursor with values of the given kinds. Undefined in, undefined out; throws `bad_request` on any other. */
export function fromCursor<Shape extends readonly (keyof Kinds)[]>(
  cursor: string | undefined,
  ...shape: Shape
): { readonly [Index in keyof Shape]: Kinds[Shape[Index]] } | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const values = parse(cursor);
  if (
    !Array.isArray(values) ||
    values.length !== shape.length ||
    values.some((value, i) => typeof value !== shape[i])
  ) {
    throw badCursor();
  }
  return values as unknown as { readonly [Index in keyof Shape]: Kinds[Shape[Index]] };
}

/**
 * Reads a cursor with values of kinds that are told at run time; whole numbers (`int4`: such as a column of them can hold)
 * and texts that PostgreSQL takes, times as it writes them. Undefined in, undefined out; throws `bad_request` on any other.
 */
export function fromCursorOf(
  cursor: string | undefined,
  kinds: readonly CursorKind[],
): readonly (string | number)[] | undefined {
  if (cursor === undefined || cursor === '') return undefined;
  const values = parse(cursor);
  if (!Array.isArray(values) || values.length !== kinds.length) throw badCursor();
  if (!values.every((value, i) => isOfKind(value, kinds[i]))) throw badCursor();
  return values;
}

type CursorKind = 'number' | 'int4' | 'string' | 'time';

function isOfKind(value: unknown, kind: CursorKind | undefined): boolean {
  if (kind === 'int4') return Number.isInteger(value) && Math.abs(Number(value)) < 2 ** 31;
  if (kind === 'number') return Number.isSafeInteger(value);
  if (typeof value !== 'string' || !STORABLE.test(value)) return false;
  return kind === 'string' || value === 'infinity' || parseMicros(value) !== undefined;
}

/** Reads a cursor of a list of events, which goes to the database as a time and a UUID. As fromCursor otherwise. */
export function fromEventCursor(cursor: string | undefined): EventCursor | undefined {
  const values = fromCursor(cursor, 'number', 'string');
  if (values === undefined) return undefined;
  const [time, id] = values;
  if (Number.isSafeInteger(time) && UUID.test(id)) return { time, id };
  throw badCursor();
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw badCursor();
  }
}

function badCursor(): AppError {
  return new AppError(
    'bad_request',
    'The cursor is not one this list gave out; ask for the first page again.',
    {
      errors: [{ path: 'cursor', message: 'not a cursor of this list' }],
    },
  );
}
