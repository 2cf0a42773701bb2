import { type BinValue, readValue, utf16 } from './binValues';
import { type Budget, type Cursor, DamagedEvent, take } from './budget';

/** A part of an element as the bytes have it, its template's places not yet filled. */
export type Part = string | Substitution | Template | ElementNode;
/** The place of a value; an attribute around an optional one is left out where the value is null. */
export type Substitution = {
  readonly kind: 'substitution';
  readonly index: number;
  readonly optional: boolean;
};
export type ElementNode = {
  readonly kind: 'element';
  readonly name: string;
  readonly attributes: readonly { readonly name: string; readonly parts: readonly Part[] }[];
  /** The attributes where no value goes into them: made once for all uses of the template. */
  readonly fixed: readonly (readonly [name: string, value: string])[] | undefined;
  readonly parts: readonly Part[];
};
/** A template with the values of one use of it. */
export type Template = {
  readonly kind: 'template';
  readonly parts: readonly Part[];
  readonly values: readonly BinValue[];
};

/** Reads the parts between two offsets of a chunk, `depth` levels deep. Throws DamagedEvent. */
export type PartReader = (from: number, to: number, depth: number) => readonly Part[];

/** A reader of one chunk's binary XML: tokens into parts. Templates and names are read once per chunk. */
export function createPartReader(view: DataView, budget: Budget): PartReader {
  const names = new Map<number, string>();
  const templates = new Map<number, readonly Part[]>();

  return (from, to, depth) => parseContent({ at: from, end: to, dependencies: false }, depth, 'fragment');

  function parseContent(
    cursor: Cursor,
    depth: number,
    place: 'fragment' | 'element' | 'attribute',
  ): readonly Part[] {
    budget.depth(depth);
    const parts: Part[] = [];
    while (cursor.at < cursor.end) {
      budget.part();
      const token = u8(cursor);
      switch (token & ~MORE) {
        case 0x00:
          return parts;
        case 0x01:
          if (place === 'attribute') return rewind(cursor, parts);
          parts.push(parseElement(cursor, (token & MORE) !== 0, depth));
          break;
        // The end of an element's attributes, or of the element: its reader looks at it again.
        case 0x02:
        case 0x03:
        case 0x04:
        case 0x06:
          return rewind(cursor, parts);
        case 0x05: {
          u8(cursor);
          parts.push(countedText(cursor));
          break;
        }
        case 0x07:
          parts.push(countedText(cursor));
          break;
        case 0x08:
          parts.push(String.fromCharCode(u16(cursor)));
          break;
        case 0x09:
          parts.push(ENTITIES.get(nameAt(cursor)) ?? '');
          break;
        case 0x0a:
          nameAt(cursor);
          break;
        case 0x0b:
          countedText(cursor);
          break;
        case 0x0c:
          parts.push(parseTemplate(cursor, depth));
          break;
        case 0x0d:
        case 0x0e:
          parts.push({ kind: 'substitution', index: u16(cursor), optional: token === 0x0e });
          u8(cursor);
          break;
        case 0x0f:
          take(cursor, 3);
          break;
        default:
          throw new DamagedEvent(
            `has an unknown token 0x${token.toString(16)} at ${cursor.at - 1} of its chunk`,
          );
      }
    }
    return parts;
  }

  function parseElement(cursor: Cursor, hasAttributes: boolean, depth: number): ElementNode {
    const name = elementName(cursor);
    const attributes: { name: string; parts: readonly Part[] }[] = [];
    if (hasAttributes) take(cursor, 4);
    for (;;) {
      budget.part();
      const token = u8(cursor) & ~MORE;
      if (token === 0x06) {
        const attribute = nameAt(cursor);
        attributes.push({ name: attribute, parts: parseContent(cursor, depth + 1, 'attribute') });
      } else if (token === 0x03)
        return { kind: 'element', name, attributes, fixed: fixedOf(attributes), parts: [] };
      else if (token === 0x02) break;
      else
        throw new DamagedEvent(`<${name}> has an unknown token 0x${token.toString(16)} before its content`);
    }
    const parts = parseContent(cursor, depth + 1, 'element');
    const close = u8(cursor);
    if (close !== 0x04) throw new DamagedEvent(`<${name}> is not closed`);
    return { kind: 'element', name, attributes, fixed: fixedOf(attributes), parts };
  }

  /**
   * Within templates an element begins with a dependency id (2 bytes), elsewhere with its length; writers
   * differ for elements outside of templates, so the place is taken at which a name stands.
   */
  function elementName(cursor: Cursor): string {
    const start = cursor.at;
    const first = cursor.dependencies ? 2 : 0;
    for (const lead of [first, 2 - first]) {
      cursor.at = start + lead + 4;
      if (cursor.at + 4 > cursor.end) continue;
      const name = nameAt(cursor, true);
      if (name !== undefined) return name;
    }
    throw new DamagedEvent(`has an element without a name at ${start} of its chunk`);
  }

  function parseTemplate(cursor: Cursor, depth: number): Template {
    take(cursor, 5);
    const definition = u32(cursor);
    const inline = definition === cursor.at;
    let parts = templates.get(definition);
    if (inline || parts === undefined) {
      if (definition + 24 > view.byteLength)
        throw new DamagedEvent('points to a template outside of its chunk');
      const size = view.getUint32(definition + 20, true);
      const body = definition + 24;
      if (body + size > view.byteLength) throw new DamagedEvent('has a template longer than its chunk');
      if (inline) cursor.at = body + size;
      if (parts === undefined) {
        // A template that uses itself ends here, with what it had: nothing.
        templates.set(definition, NO_PARTS);
        try {
          parts = parseContent({ at: body, end: body + size, dependencies: true }, depth + 1, 'fragment');
        } catch (error) {
          templates.delete(definition);
          throw error;
        }
        templates.set(definition, parts);
      }
    }
    return { kind: 'template', parts, values: parseValues(cursor) };
  }

  function parseValues(cursor: Cursor): readonly BinValue[] {
    const count = u32(cursor);
    if (count > VALUES_MAX || cursor.at + count * 4 > cursor.end)
      throw new DamagedEvent(`claims ${count} values`);
    const head = cursor.at;
    const values: BinValue[] = [];
    let at = head + count * 4;
    for (let i = 0; i < count; i++) {
      const size = view.getUint16(head + i * 4, true);
      if (at + size > cursor.end) throw new DamagedEvent(`value ${i} reaches over the end of its record`);
      values.push(readValue(view, view.getUint8(head + i * 4 + 2), at, at + size));
      at += size;
    }
    cursor.at = at;
    return values;
  }

  /** A name: its offset in the chunk, and its text right behind if it is used for the first time. */
  function nameAt(cursor: Cursor): string;
  function nameAt(cursor: Cursor, lenient: true): string | undefined;
  function nameAt(cursor: Cursor, lenient?: true): string | undefined {
    const offset = u32(cursor);
    const inline = offset === cursor.at;
    let name = names.get(offset);
    let problem: string | undefined;
    if (offset + 8 > view.byteLength) problem = 'points to a name outside of its chunk';
    else {
      const end = offset + 8 + view.getUint16(offset + 6, true) * 2;
      if (end + 2 > view.byteLength) problem = 'has a name longer than its chunk';
      else {
        if (inline) cursor.at = end + 2;
        if (name === undefined) {
          name = utf16(view, offset + 8, end);
          if (!NAME.test(name)) problem = 'has a name with characters no name has';
          else names.set(offset, name);
        }
      }
    }
    if (problem === undefined) return name;
    if (lenient === true) return undefined;
    throw new DamagedEvent(problem);
  }

  function countedText(cursor: Cursor): string {
    const length = u16(cursor) * 2;
    const from = take(cursor, length);
    return utf16(view, from, from + length);
  }

  function u8(cursor: Cursor): number {
    return view.getUint8(take(cursor, 1));
  }

  function u16(cursor: Cursor): number {
    return view.getUint16(take(cursor, 2), true);
  }

  function u32(cursor: Cursor): number {
    return view.getUint32(take(cursor, 4), true);
  }
}

function fixedOf(attributes: ElementNode['attributes']): ElementNode['fixed'] {
  const fixed: (readonly [string, string])[] = [];
  for (const { name, parts } of attributes) {
    if (!parts.every((part) => typeof part === 'string')) return undefined;
    fixed.push([name, parts.join('')]);
  }
  return fixed;
}

function rewind<T>(cursor: Cursor, value: T): T {
  cursor.at--;
  return value;
}

const VALUES_MAX = 8192;
const MORE = 0x40;
const NO_PARTS: readonly Part[] = [];
const NAME = /^[\p{L}_][\p{L}\p{N}_.:-]{0,255}$/u;
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
  ['apos', "'"],
]);
