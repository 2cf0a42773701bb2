import type { z } from 'zod';
import { AppError } from '../base/appError';

/** A file of a pack, as it was read. */
export type PackFile = {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Absent for files whose content nothing is computed from. */
  readonly content?: Uint8Array;
  /** Why it could not be unpacked whole; absent when it could. */
  readonly problem?: string;
};

/** An evidence pack that was read whole. */
export type Pack = { readonly files: ReadonlyMap<string, PackFile> };

/** Text of a file. Throws `bad_input` when the pack lacks it. */
export function textOf(pack: Pack, name: string): string {
  const content = pack.files.get(name)?.content;
  if (content === undefined) throw new AppError('bad_input', `the pack has no ${name}`);
  return new TextDecoder().decode(content);
}

/** A JSON file, held against its schema. Throws `bad_input` naming file and place. */
export function jsonOf<Shape>(pack: Pack, name: string, schema: z.ZodType<Shape>): Shape {
  return parsed(textOf(pack, name), name, schema);
}

/** A file of JSON lines. Throws `bad_input` naming file and line. */
export function linesOf<Shape>(pack: Pack, name: string, schema: z.ZodType<Shape>): readonly Shape[] {
  return textOf(pack, name)
    .split('\n')
    .flatMap((line, i) => (line === '' ? [] : [parsed(line, `${name}, line ${i + 1}`, schema)]));
}

function parsed<Shape>(text: string, place: string, schema: z.ZodType<Shape>): Shape {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AppError('bad_input', `${place} is not JSON`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new AppError('bad_input', `${place} is not as agreed at ${issue?.path.join('.') || 'its root'}`);
}
