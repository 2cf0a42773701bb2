import type { EventElement } from '../eventElement';
import type { BinValue } from './binValues';
import { createPartReader, type ElementNode, type Part } from './binXmlParts';
import { createBudget, DamagedEvent } from './budget';

/**
 * Binary event XML of one 64 KiB chunk ([MS-EVEN6] 2.2.12; what Microsoft leaves out is in libevtx's
 * documentation of the format). Offsets count from the chunk's beginning, which is also where names and
 * templates are shared. Templates are read once per chunk.
 *
 * The bytes are hostile: every read is checked against the part it belongs to, nesting, tokens and text per
 * record are bounded, and whatever is wrong ends in a DamagedEvent.
 */
export type BinXmlReader = {
  /** The event at `from`…`to`. Throws DamagedEvent. */
  readonly read: (from: number, to: number) => EventElement;
};

/** A reader of one chunk's events; `chunk` must not change while it is used. */
export function createBinXmlReader(chunk: Uint8Array): BinXmlReader {
  const budget = createBudget();
  const readParts = createPartReader(new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength), budget);

  return {
    read(from, to) {
      budget.reset();
      const root = build(readParts(from, to, 0), [], 0).children[0];
      if (root === undefined) throw new DamagedEvent('holds no element');
      return root;
    },
  };

  /** Puts values into the places of a template. */
  function build(parts: readonly Part[], values: readonly BinValue[], depth: number): Built {
    budget.depth(depth);
    const built: Built = { text: '', children: [] };
    for (const part of parts) {
      if (typeof part === 'string') addText(built, part);
      else if (part.kind === 'element') buildElement(built, part, values, depth);
      else if (part.kind === 'substitution') buildValue(built, values[part.index], depth);
      else merge(built, build(part.parts, part.values, depth + 1));
    }
    return built;
  }

  function buildElement(built: Built, node: ElementNode, values: readonly BinValue[], depth: number): void {
    budget.part();
    const attributes = node.fixed ?? buildAttributes(node, values, depth);
    const only = node.parts.length === 1 ? node.parts[0] : undefined;
    const value = typeof only === 'object' && only.kind === 'substitution' ? values[only.index] : undefined;
    if (typeof value === 'string') {
      budget.text(value);
      built.children.push({ name: node.name, attributes, children: NO_CHILDREN, text: value });
      return;
    }
    // An element around an array stands once for each of its values.
    if (Array.isArray(value)) {
      for (const text of value as readonly string[]) {
        budget.text(text);
        built.children.push({ name: node.name, attributes, children: NO_CHILDREN, text });
      }
      return;
    }
    const inner = build(node.parts, values, depth + 1);
    built.children.push({ name: node.name, attributes, children: inner.children, text: inner.text });
  }

  function buildAttributes(
    node: ElementNode,
    values: readonly BinValue[],
    depth: number,
  ): EventElement['attributes'] {
    const attributes: (readonly [string, string])[] = [];
    for (const { name, parts } of node.attributes) {
      const only = parts.length === 1 ? parts[0] : undefined;
      const absent =
        typeof only === 'object' &&
        only.kind === 'substitution' &&
        only.optional &&
        values[only.index] === undefined;
      if (!absent) attributes.push([name, build(parts, values, depth + 1).text]);
    }
    return attributes;
  }

  function buildValue(built: Built, value: BinValue, depth: number): void {
    if (value === undefined) return;
    if (typeof value === 'string') addText(built, value);
    else if ('from' in value) {
      const parts = readParts(value.from, value.to, depth + 1);
      merge(built, build(parts, [], depth + 1));
    } else addText(built, value.join(', '));
  }

  function merge(built: Built, inner: Built): void {
    addText(built, inner.text);
    for (const child of inner.children) built.children.push(child);
  }

  function addText(built: Built, text: string): void {
    budget.text(text);
    built.text = built.text === '' ? text : built.text + text;
  }
}

const NO_CHILDREN: readonly EventElement[] = [];

/** What parts came to: their text and their elements. */
type Built = { text: string; readonly children: EventElement[] };
