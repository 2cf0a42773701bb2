import { AppError } from '../base/appError';

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
