import { MICROS_PER_HOUR, type Micros, micros } from '../base/time';

/** A stretch of time in microseconds, without its end. */
export type Stretch = { readonly from: Micros; readonly to: Micros };

/** All time that any of the stretches covers, in order and apart; those without length are left out. */
export function joinStretches(stretches: readonly Stretch[]): readonly Stretch[] {
  const sorted = stretches.filter(({ from, to }) => from < to).sort((a, b) => a.from - b.from);
  const joined: { from: Micros; to: Micros }[] = [];
  for (const { from, to } of sorted) {
    const last = joined.at(-1);
    if (last === undefined || from > last.to) joined.push({ from, to });
    else if (to > last.to) last.to = to;
  }
  return joined;
}

/** What of the stretches is left without the others; both in order and apart, and so is the result. */
export function withoutStretches(
  stretches: readonly Stretch[],
  others: readonly Stretch[],
): readonly Stretch[] {
  const left: Stretch[] = [];
  let first = 0;
  for (const { from, to } of stretches) {
    while ((others[first]?.to ?? to) <= from && first < others.length) first++;
    let begin = from;
    for (let i = first; i < others.length; i++) {
      const other = others[i];
      if (other === undefined || other.from >= to) break;
      if (other.from > begin) left.push({ from: begin, to: other.from });
      if (other.to > begin) begin = other.to;
    }
    if (begin < to) left.push({ from: begin, to });
  }
  return left;
}

/** The whole hours between those in which anything came; hours by their number since 1970, in order and each once. */
export function stretchesBetween(hours: readonly number[]): readonly Stretch[] {
  return hours.flatMap((next, i) => {
    const first = (hours[i - 1] ?? next) + 1;
    return next > first
      ? [{ from: micros(first * MICROS_PER_HOUR), to: micros(next * MICROS_PER_HOUR) }]
      : [];
  });
}
