/**
 * What the places of a lineage are computed from: the tree in reading order as numbers, so that a worker can be given
 * it for the cost of a few arrays. Everything is by place in reading order; parents come before children.
 */
export type LineageShape = {
  /** Place of the parent, -1 for a root. */
  readonly parents: Int32Array;
  /** 0 a process or a stack, 1 an artefact nobody used (a leaf of its maker), 2 an artefact that stands above its user. */
  readonly kinds: Uint8Array;
  /** How many artefacts stand above it. */
  readonly stacked: Uint16Array;
  /** 1 where words stand below it: why the link to its parent is broken. */
  readonly footed: Uint8Array;
  /** Causes beside parentage as pairs of places, cause then effect, the earliest effect first. */
  readonly cross: Int32Array;
  readonly nodeHeight: number;
  readonly artefactHeight: number;
  readonly stackGap: number;
  readonly rowGap: number;
};

export type Placement = {
  /** Column of each item, from 0. */
  readonly columns: Int32Array;
  /** Vertical centre of each item; 0 for artefacts that stand above their user. */
  readonly centres: Float64Array;
};

/** Height of a line of words below an item. */
const FOOT = 12;
/** Half the height that is kept free for a link which passes a column. */
const LANE = 5;

/**
 * Columns and rows of a lineage. Pure; linear in items, times the few causes beside parentage; no recursion, so that a
 * tree ten thousand deep is no different from a flat one.
 */
export function placeLineage(shape: LineageShape): Placement {
  const columns = columnsOf(shape);
  return { columns, centres: rowsOf(shape, columns) };
}

/** Longest way from a root, in columns. A cross edge that would close a cycle is left out, the earliest effect first. */
function columnsOf({ parents, cross }: LineageShape): Int32Array {
  const size = parents.length;
  const causes = new Map<number, number[]>();
  const effects = new Map<number, number[]>();
  const walked = new Int32Array(size).fill(-1);
  const leadsTo = (from: number, target: number, walk: number): boolean => {
    const waiting = [from];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      if (at === target) return true;
      if (at < 0 || walked[at] === walk) continue;
      walked[at] = walk;
      waiting.push(parents[at] ?? -1, ...(causes.get(at) ?? []));
    }
    return false;
  };
  for (let edge = 0; edge + 1 < cross.length; edge += 2) {
    const [from, to] = [cross[edge] ?? -1, cross[edge + 1] ?? -1];
    if (leadsTo(from, to, edge)) continue;
    push(causes, to, from);
    push(effects, from, to);
  }

  const columns = new Int32Array(size);
  const open = new Int32Array(size);
  const children = childLists(parents);
  const ready: number[] = [];
  for (let place = size - 1; place >= 0; place--) {
    open[place] = (parents[place] === -1 ? 0 : 1) + (causes.get(place)?.length ?? 0);
    if (open[place] === 0) ready.push(place);
  }
  for (let place = ready.pop(); place !== undefined; place = ready.pop()) {
    const next = (columns[place] ?? 0) + 1;
    const release = (effect: number) => {
      columns[effect] = Math.max(columns[effect] ?? 0, next);
      open[effect] = (open[effect] ?? 0) - 1;
      if (open[effect] === 0) ready.push(effect);
    };
    for (let child = children.first[place] ?? -1; child >= 0; child = children.next[child] ?? -1)
      release(child);
    for (const effect of effects.get(place) ?? []) release(effect);
  }
  return columns;
}

/** Upper and lower edge of a subtree column by column, the nearest column last, all moved by `shift`. */
type Contour = { tops: number[]; bottoms: number[]; shift: number };

/**
 * Vertical centres. Each subtree is packed below its earlier siblings as near as their outlines allow, and each parent
 * is level with its first child that is no artefact, so that the path, which comes first, runs straight whatever is
 * open beside it. Outlines are merged into the deeper of the two, which makes it linear in all.
 */
function rowsOf(shape: LineageShape, columns: Int32Array): Float64Array {
  const { parents, kinds, stacked, footed, nodeHeight, artefactHeight, stackGap, rowGap } = shape;
  const size = parents.length;
  const children = childLists(parents);
  const offsets = new Float64Array(size);
  const contours = new Array<Contour | undefined>(size);

  /** Places the children of an item among themselves, and tells their outline and where the parent belongs. */
  const pack = (first: number): { outline: Contour; level: number } => {
    let outline: Contour = { tops: [], bottoms: [], shift: 0 };
    let [lead, top, bottom] = [Number.NaN, Number.NaN, Number.NaN];
    for (let child = first; child >= 0; child = children.next[child] ?? -1) {
      const own = contours[child];
      contours[child] = undefined;
      if (own === undefined || kinds[child] === 2) continue;
      const at = clearance(outline, own, rowGap);
      own.shift += at;
      outline = merge(outline, own);
      offsets[child] = at;
      if (Number.isNaN(top)) top = at;
      bottom = at;
      if (Number.isNaN(lead) && kinds[child] === 0) lead = at;
    }
    return { outline, level: Number.isNaN(lead) ? (Number.isNaN(top) ? 0 : (top + bottom) / 2) : lead };
  };

  const levels = new Float64Array(size);
  for (let place = size - 1; place >= 0; place--) {
    if (kinds[place] === 2) continue;
    const { outline, level } = pack(children.first[place] ?? -1);
    levels[place] = level;
    outline.shift -= level;
    const half = (kinds[place] === 1 ? artefactHeight : nodeHeight) / 2;
    outline.tops.push(-half - (stacked[place] ?? 0) * (artefactHeight + stackGap) - outline.shift);
    outline.bottoms.push(half + (footed[place] === 1 ? FOOT : 0) - outline.shift);
    const parent = parents[place] ?? -1;
    const passed = (columns[place] ?? 0) - (parent < 0 ? -1 : (columns[parent] ?? 0)) - 1;
    for (let lane = 0; lane < passed; lane++) {
      outline.tops.push(-LANE - outline.shift);
      outline.bottoms.push(LANE - outline.shift);
    }
    contours[place] = outline;
  }
  pack(children.roots);

  const centres = new Float64Array(size);
  for (let place = 0; place < size; place++) {
    const parent = parents[place] ?? -1;
    const above = parent < 0 ? 0 : (centres[parent] ?? 0) - (levels[parent] ?? 0);
    if (kinds[place] !== 2) centres[place] = above + (offsets[place] ?? 0);
  }
  return centres;
}

/** How far down the lower outline must go not to touch the upper one; cousins keep half a gap more than siblings. */
function clearance(upper: Contour, lower: Contour, gap: number): number {
  let least = upper.tops.length === 0 ? 0 : -Infinity;
  const shared = Math.min(upper.tops.length, lower.tops.length);
  for (let column = 1; column <= shared; column++) {
    const bottom = (upper.bottoms[upper.bottoms.length - column] ?? 0) + upper.shift;
    const top = (lower.tops[lower.tops.length - column] ?? 0) + lower.shift;
    least = Math.max(least, bottom + (column === 1 ? gap : gap * 1.5) - top);
  }
  return least;
}

function merge(upper: Contour, lower: Contour): Contour {
  const deeper = upper.tops.length >= lower.tops.length ? upper : lower;
  const other = deeper === upper ? lower : upper;
  const [into, from] = deeper === upper ? [upper.bottoms, lower.bottoms] : [lower.tops, upper.tops];
  for (let column = 1; column <= other.tops.length; column++)
    into[into.length - column] = (from[from.length - column] ?? 0) + other.shift - deeper.shift;
  return deeper;
}

/** Children of each place as linked lists in reading order, -1 at the end. */
function childLists(parents: Int32Array): { first: Int32Array; next: Int32Array; roots: number } {
  const first = new Int32Array(parents.length).fill(-1);
  const next = new Int32Array(parents.length).fill(-1);
  let roots = -1;
  for (let place = parents.length - 1; place >= 0; place--) {
    const parent = parents[place] ?? -1;
    next[place] = parent < 0 ? roots : (first[parent] ?? -1);
    if (parent < 0) roots = place;
    else first[parent] = place;
  }
  return { first, next, roots };
}

function push(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
