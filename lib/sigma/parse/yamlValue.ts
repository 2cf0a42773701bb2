import { Composer, type CST, isAlias, isMap, isScalar, isSeq, type Node, type Pair, Parser } from 'yaml';
import { yamlExcess } from '../../base/yamlExcess';
import type { RuleValue } from '../modifiers/compileTest';
import { quoted, SigmaFault } from '../modifiers/fault';

/** What YAML says, with where it stands: `at` is a place in the file's text. */
export type YamlValue =
  | (RuleValue & { readonly kind: 'scalar'; readonly at: number })
  | YamlMap
  | { readonly kind: 'list'; readonly items: readonly YamlValue[]; readonly at: number };
export type YamlMap = {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, YamlEntry>;
  readonly at: number;
};
/** `at`: where the key stands. */
export type YamlEntry = { readonly at: number; readonly value: YamlValue };

/** Maps and lists inside one another. */
const DEPTH_MAX = 32;
/** Marks `&x` and `*x`. */
const ANCHORS_MAX = 1_000;
/** Keys and values of one document, those of its aliases counted each time. */
const NODES_MAX = 200_000;

/**
 * Reads the text of one document, which stands at `start` in its file; undefined where it holds nothing. Throws a
 * SigmaFault with its place for what is no YAML, is nested too deeply, unfolds to too much, or cannot be stored.
 */
export function readYaml(text: string, start: number): YamlValue | undefined {
  try {
    refuseDepth(text, start);
    const composer = new Composer({
      uniqueKeys: false,
      version: '1.2',
      logLevel: 'error',
      // Each of many errors would copy its line, however long.
      prettyErrors: false,
    });
    const [document] = composer.compose(soundTokens(text, start), true, text.length);
    const error = document?.errors[0];
    if (error !== undefined) throw unsound(error.message, start + error.pos[0]);
    if (document === undefined || document.contents === null) return undefined;
    const walk: Walk = { start, left: NODES_MAX, anchors: new Map() };
    return yamlValueOf(document.contents, walk, 0, start);
  } catch (error) {
    // Thousands of nested brackets: the reader recurses.
    if (error instanceof RangeError) throw new SigmaFault('this is nested too deeply', start);
    throw error;
  }
}

/** The parts of a text up to the first that has no place in it: a text of nothing else would be an error each. */
function* soundTokens(text: string, start: number): Generator<CST.Token> {
  for (const token of new Parser().parse(text)) {
    if (token.type === 'error') throw unsound(token.message, start + token.offset);
    yield token;
  }
}

function unsound(told: string, at: number): SigmaFault {
  const message = (told.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
  return new SigmaFault(`this is no sound YAML: ${message.slice(0, 300)}`, at);
}

/** Refuses what nests too deeply before the reader, which is slow then, sees it, and too many anchors. */
function refuseDepth(text: string, start: number): void {
  const excess = yamlExcess(text, { depth: DEPTH_MAX, anchors: ANCHORS_MAX });
  if (excess?.of === 'anchors')
    throw new SigmaFault(`a document has at most ${ANCHORS_MAX} anchors and aliases`, start + excess.at);
  if (excess !== undefined)
    throw new SigmaFault(`this is nested more than ${DEPTH_MAX} deep`, start + excess.at);
}

type Walk = { readonly start: number; left: number; readonly anchors: Map<string, Node> };

function yamlValueOf(node: Node | null, walk: Walk, depth: number, near: number): YamlValue {
  const at = node?.range == null ? near : walk.start + node.range[0];
  if (--walk.left < 0) throw new SigmaFault(`a document has at most ${NODES_MAX} keys and values`, at);
  if (depth > DEPTH_MAX) throw new SigmaFault(`this is nested more than ${DEPTH_MAX} deep`, at);
  if (node === null) return { kind: 'scalar', value: null, text: '', at };
  if (isAlias(node)) {
    const target = walk.anchors.get(node.source);
    if (target === undefined)
      throw new SigmaFault(
        `${quoted(`*${node.source}`)} is read as an alias of YAML; put a value that begins with * in quotes`,
        at,
      );
    return yamlValueOf(target, walk, depth + 1, at);
  }
  if ((isMap(node) || isSeq(node) || isScalar(node)) && node.anchor !== undefined)
    walk.anchors.set(node.anchor, node);
  if (isMap(node)) return mapOf(node.items as Pair<Node, Node | null>[], walk, depth, at);
  if (isSeq(node))
    return {
      kind: 'list',
      items: node.items.map((item) => yamlValueOf(item as Node | null, walk, depth + 1, at)),
      at,
    };
  return isScalar(node)
    ? scalarOf(node.value, node.source, at)
    : { kind: 'scalar', value: null, text: '', at };
}

function mapOf(items: readonly Pair<Node, Node | null>[], walk: Walk, depth: number, at: number): YamlMap {
  const entries = new Map<string, YamlEntry>();
  for (const { key, value } of items) {
    const place = key?.range == null ? at : walk.start + key.range[0];
    if (!isScalar(key)) throw new SigmaFault('a key is a text, not a map, a list or an alias', place);
    const name = scalarOf(key.value, key.source, place).text;
    if (name === '<<') throw new SigmaFault('merge keys ("<<") are not read; write the keys out', place);
    if (entries.has(name)) throw new SigmaFault(`the key ${quoted(name)} stands twice; keep one`, place);
    entries.set(name, { at: place, value: yamlValueOf(value, walk, depth + 1, place) });
  }
  return { kind: 'map', entries, at };
}

function scalarOf(
  value: unknown,
  source: string | undefined,
  at: number,
): Extract<YamlValue, { kind: 'scalar' }> {
  if (value === null || value === undefined) return { kind: 'scalar', value: null, text: '', at };
  if (typeof value === 'number') return { kind: 'scalar', value, text: numberText(value, source), at };
  if (typeof value === 'boolean') return { kind: 'scalar', value, text: String(value), at };
  const text = String(value);
  const fault = textFault(text);
  if (fault !== undefined) throw new SigmaFault(fault, at);
  return { kind: 'scalar', value: text, text, at };
}

/** Decimal numbers as they are written (`007`, `1.0`), `0x10` and `0o17` as the number they mean where one holds it. */
function numberText(value: number, source: string | undefined): string {
  const otherBase = source === undefined || /^[-+]?0[xo]/.test(source);
  return otherBase && Number.isSafeInteger(value) ? String(value) : (source ?? String(value));
}

/** What keeps a text from being stored or sent; undefined when nothing does. */
export function textFault(text: string): string | undefined {
  if (text.includes('\0')) return 'a text holds the character NUL, which cannot be stored';
  // With the flag `u` a pair is one character: only half of one is of this class.
  if (/\p{Surrogate}/u.test(text)) return 'a text holds half a character (a lone surrogate)';
  return undefined;
}

/** The value under a key; undefined where the key is absent or holds nothing. */
export function valueAt(map: YamlMap, key: string): YamlValue | undefined {
  const value = map.entries.get(key)?.value;
  return value === undefined || (value.kind === 'scalar' && value.value === null) ? undefined : value;
}

/** The text under a key; undefined where there is none, or something else. */
export function textAt(map: YamlMap, key: string): string | undefined {
  const value = valueAt(map, key);
  const text = value?.kind === 'scalar' ? value.text.trim() : '';
  return text === '' ? undefined : text;
}

/** The texts under a key: of a list, or the one that stands there alone. Whatever is no text is left out. */
export function textsAt(map: YamlMap, key: string): readonly string[] {
  const value = valueAt(map, key);
  const items = value?.kind === 'list' ? value.items : value === undefined ? [] : [value];
  return items.flatMap((item) => (item.kind === 'scalar' && item.value !== null ? [item.text] : []));
}
