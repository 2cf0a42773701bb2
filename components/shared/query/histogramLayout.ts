import { parseMicros } from '@/lib/base/time';

export type TimeSpan = { readonly from: number; readonly to: number };
type IsoBin = { readonly from: string; readonly count: number };
type IsoBlind = { readonly from: string; readonly to: string; readonly reason: string };

/** One bar: what was counted in a stretch of time; `x` and `width` in pixels, times in microseconds. */
export type HistogramBar = {
  readonly x: number;
  readonly width: number;
  /** 0 to 1 of the room there is; never so little that something looks like nothing. */
  readonly share: number;
  readonly count: number;
  readonly from: number;
  readonly to: number;
};
export type BlindBand = {
  readonly x: number;
  readonly width: number;
  /** As it was told, which may be beyond what is drawn. */
  readonly from: number;
  readonly to: number;
  readonly reason: string;
};

/** The least share of a bar that stands for anything at all. */
const LEAST = 0.06;

/** Bars over `span`. Bins outside it are left out; one that cannot be read as a time too. */
export function barsOf(
  bins: readonly IsoBin[],
  binSeconds: number,
  span: TimeSpan,
  width: number,
): HistogramBar[] {
  const size = binSeconds * 1e6;
  const known = bins.flatMap((bin) => {
    const from = parseMicros(bin.from);
    return from === undefined || bin.count <= 0 || from >= span.to || from + size < span.from
      ? []
      : [{ from, to: from + size, count: bin.count }];
  });
  const most = known.reduce((top, bin) => Math.max(top, bin.count), 1);
  return known.map(({ from, to, count }) => {
    const x = toX(Math.max(from, span.from), span, width);
    const end = toX(Math.min(to, span.to), span, width);
    return {
      x,
      // A hair between bars as long as they are wide enough to spare it.
      width: Math.max(1, end - x - (end - x > 4 ? 1 : 0)),
      share: LEAST + (1 - LEAST) * (count / most),
      count,
      from,
      to,
    };
  });
}

/** Blind intervals over `span`, clipped to it; those of one reason that meet are one. */
export function bandsOf(blind: readonly IsoBlind[], span: TimeSpan, width: number): BlindBand[] {
  const inSpan = blind
    .map(({ from, to, reason }) => ({
      from: parseMicros(from) ?? span.from,
      to: parseMicros(to) ?? span.to,
      reason,
    }))
    .filter(({ from, to }) => Math.min(to, span.to) > Math.max(from, span.from))
    .sort((a, b) => a.from - b.from);
  const merged: { from: number; to: number; reason: string }[] = [];
  for (const band of inSpan) {
    const before = merged.findLast((each) => each.reason === band.reason);
    if (before !== undefined && band.from <= before.to) before.to = Math.max(before.to, band.to);
    else merged.push({ ...band });
  }
  return merged.map((band) => {
    const x = toX(Math.max(band.from, span.from), span, width);
    return { ...band, x, width: Math.max(2, toX(Math.min(band.to, span.to), span, width) - x) };
  });
}

/** Blind intervals by kind, the kinds with the longest blindness first. */
export function blindByKind<Blind extends IsoBlind & { readonly kind: string }>(
  blind: readonly Blind[],
): { kind: Blind['kind']; blind: Blind[] }[] {
  const kinds = new Map<Blind['kind'], Blind[]>();
  for (const each of blind) {
    const known = kinds.get(each.kind);
    if (known === undefined) kinds.set(each.kind, [each]);
    else known.push(each);
  }
  const length = (list: readonly Blind[]) =>
    list.reduce((sum, { from, to }) => sum + ((parseMicros(to) ?? 0) - (parseMicros(from) ?? 0)), 0);
  return [...kinds]
    .map(([kind, list]) => ({ kind, blind: list, length: length(list) }))
    .sort((a, b) => b.length - a.length || (a.kind < b.kind ? -1 : 1))
    .map(({ kind, blind: list }) => ({ kind, blind: list }));
}

/** Time → pixel, and back. */
export function toX(time: number, span: TimeSpan, width: number): number {
  return ((time - span.from) / Math.max(1, span.to - span.from)) * width;
}

export function toTime(x: number, span: TimeSpan, width: number): number {
  const share = Math.min(1, Math.max(0, x / Math.max(1, width)));
  return Math.round(span.from + share * (span.to - span.from));
}

/**
 * What the axis spans: the ends that were asked for, else those of what matches, which then reach to the end of the
 * last bin; null when there is neither.
 */
export function spanOf(
  asked: { from: string | null; to: string | null },
  found: { from: string | null; to: string | null; binSeconds: number },
): TimeSpan | null {
  const from = parseMicros(asked.from ?? found.from ?? asked.to ?? '');
  const to = parseMicros(asked.to ?? found.to ?? asked.from ?? '');
  if (from === undefined || to === undefined) return null;
  const room = asked.to === null ? Math.max(1, found.binSeconds * 1e6) : 1;
  return { from: Math.min(from, to), to: Math.max(from, to) + room };
}
