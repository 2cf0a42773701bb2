import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import { AppError } from '../../base/appError';

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

/** Reads YAML without anchors and aliases: a definition of a few bytes must not unfold to gigabytes. Never throws. */
export function readSource(text: string): Source {
  try {
    return open(text);
  } catch (error) {
    // Thousands of nested brackets: the reader recurses.
    if (!(error instanceof RangeError)) throw error;
    const broken = [{ ...START, message: 'this is nested too deeply' }];
    return { broken, value: undefined, placeOf: () => START };
  }
}

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
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
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
  const broken: Problem[] = document.errors.map((error) => ({
    ...place(error.pos[0], error.pos[1]),
    message: (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, ''),
  }));
  visit(document, {
    Alias: (_key, node) => {
      const [from, to] = node.range ?? [0, 0];
      broken.push({ ...place(from, to), message: 'anchors and aliases are not used in definitions' });
    },
  });
  return {
    broken,
    value: broken.length > 0 ? undefined : (document.toJS() as unknown),
    placeOf: (complaint) => placeIn(document, complaint, place),
  };
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
