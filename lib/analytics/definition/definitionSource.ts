import {
  type Document,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import { AppError } from '../../base/appError';
import { yamlExcess } from '../../base/yamlExcess';

/** Where something stands in a text. Lines and columns count from 1; the end is behind the last character. */
export type Place = {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
};

/** What is wrong with a text, and where. */
export type Problem = Place & { readonly message: string };

/** What is wrong at a place of the document, given by the keys and numbers that lead to it. */
export type Complaint = {
  readonly path: readonly PropertyKey[];
  readonly message: string;
  /** The key itself is meant, not what stands under it. */
  readonly atKey?: boolean;
};

/** A YAML text that was read, with the way back from its values to their places. */
export type Source = {
  /** What the YAML itself has wrong; with any, `value` is undefined. */
  readonly broken: readonly Problem[];
  readonly value: unknown;
  readonly placeOf: (complaint: Complaint) => Place;
};

const START: Place = { line: 1, column: 1, endLine: 1, endColumn: 1 };

/** Problems of one text that are told; whoever has as many mends those first. */
export const PROBLEMS_MAX = 200;
/** Maps and lists inside one another; what reads a definition recurses. */
const DEPTH_MAX = 32;
/**
 * What is not even read: the reader calls itself for each level, and where it ran out of room for that the whole process
 * could end. Between this and `DEPTH_MAX` the place is told.
 */
const EXCESS = { depth: 200, anchors: Number.POSITIVE_INFINITY };
/** Keys of one map: a problem's place is looked for among them. */
const KEYS_MAX = 2_000;

/**
 * Reads YAML without anchors and aliases: a definition of a few bytes must not unfold to gigabytes. Refuses as
 * well what is nested too deeply, maps of too many keys, and texts that cannot be stored. Never throws.
 */
export function readSource(text: string): Source {
  try {
    return open(text);
  } catch (error) {
    // Thousands of nested brackets: the reader recurses.
    if (!(error instanceof RangeError)) throw error;
    return TOO_DEEP;
  }
}

const TOO_DEEP: Source = {
  broken: [{ ...START, message: 'this is nested too deeply' }],
  value: undefined,
  placeOf: () => START,
};

/** The refusal of a file for one complaint, with its line. */
export function refusal(source: Source, file: string, complaint: Complaint): AppError {
  const place = source.placeOf(complaint);
  const where = complaint.path.length === 0 ? '' : ` (at ${complaint.path.map(String).join('.')})`;
  return new AppError('bad_input', `${file}:${place.line}: ${complaint.message}${where}`, {
    file,
    ...place,
    path: complaint.path,
  });
}

/** The value of a file's text; throws the refusal when the YAML itself is broken. */
export function soundValue(source: Source, file: string): unknown {
  const [first] = source.broken;
  if (first === undefined) return source.value;
  const { message, ...place } = first;
  throw new AppError('bad_input', `${file}:${place.line}: ${message}`, { file, ...place });
}

function open(text: string): Source {
  const excess = yamlExcess(text, EXCESS);
  if (excess?.of === 'depth') return TOO_DEEP;
  const lines = new LineCounter();
  // Pretty errors would copy their line each, however long: a line of many mistakes would take minutes.
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
  const place = (from: number, to: number): Place => {
    const newline = text.indexOf('\n', from);
    const end = Math.max(from, newline === -1 ? to : Math.min(to, newline));
    const [start, stop] = [lines.linePos(from), lines.linePos(end)];
    return {
      line: Math.max(1, start.line),
      column: Math.max(1, start.col),
      endLine: Math.max(1, stop.line),
      endColumn: Math.max(1, stop.col),
    };
  };
  const broken: Problem[] = document.errors.slice(0, PROBLEMS_MAX).map((error) => ({
    ...place(error.pos[0], error.pos[1]),
    message: (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, ''),
  }));
  const tell = (node: Node, message: string): symbol | undefined => {
    const [from, to] = node.range ?? [0, 0];
    if (broken.length < PROBLEMS_MAX) broken.push({ ...place(from, to), message });
    return broken.length < PROBLEMS_MAX ? undefined : visit.BREAK;
  };
  visit(document, {
    Alias: (_key, node) => tell(node, 'anchors and aliases are not used in definitions'),
    Scalar: (_key, node) => {
      const fault = typeof node.value === 'string' ? textFault(node.value) : undefined;
      return fault === undefined ? undefined : tell(node, fault);
    },
    Collection: (_key, node, path) => {
      if (path.filter(isCollection).length >= DEPTH_MAX)
        return tell(node, `this is nested too deeply: more than ${DEPTH_MAX} levels`) ?? visit.SKIP;
      if (!isMap(node)) return undefined;
      if (node.items.length > KEYS_MAX)
        return tell(node, `a map has at most ${KEYS_MAX} keys, this one ${node.items.length}`) ?? visit.SKIP;
      for (const key of twins(node))
        if (tell(key, 'Map keys must be unique') !== undefined) return visit.BREAK;
      return undefined;
    },
  });
  return {
    broken,
    value: broken.length > 0 ? undefined : (document.toJS() as unknown),
    placeOf: (complaint) => placeIn(document, complaint, place),
  };
}

/** Keys that stand in a map already. The YAML reader's own search compares every key with every other. */
function twins(map: YAMLMap): readonly Node[] {
  const seen = new Set<string>();
  const found: Node[] = [];
  for (const { key } of map.items) {
    if (!isScalar(key)) continue;
    const name = String(key.value);
    if (seen.has(name)) found.push(key);
    seen.add(name);
  }
  return found;
}

/** What keeps a text from being stored or sent: the database takes neither; undefined when nothing does. */
function textFault(text: string): string | undefined {
  if (text.includes('\0')) return 'a text holds the character NUL, which cannot be stored';
  // With the flag `u` a pair is one character: only half of one is of this class.
  if (/\p{Surrogate}/u.test(text)) return 'a text holds half a character (a lone surrogate)';
  return undefined;
}

/** The deepest node on the way that exists. */
function placeIn(
  document: Document,
  { path, atKey }: Complaint,
  place: (from: number, to: number) => Place,
): Place {
  let node = document.contents as Node | null;
  let range = node?.range ?? null;
  for (const [depth, step] of path.entries()) {
    if (isSeq(node)) {
      node = (node.items[Number(step)] ?? null) as Node | null;
    } else if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      const key = pair?.key as Node | undefined;
      node = (pair?.value ?? null) as Node | null;
      if (key?.range != null && (node?.range == null || (atKey === true && depth === path.length - 1))) {
        range = key.range;
        break;
      }
    } else break;
    if (node?.range == null) break;
    range = node.range;
  }
  return range == null ? START : place(range[0], range[1]);
}
