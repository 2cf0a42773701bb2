import type { Chain } from '../analytics/chain';
import { MICROS_PER_DAY, type Micros, micros } from '../base/time';

/** Events a finding quotes per stage; the rest are counted and one search away. */
export const QUOTED = 8;

/** From the first event of the story to the last of anything it led to; what led up to it earlier is context. */
export function spanOf(chain: Chain): { readonly from: Micros; readonly to: Micros } {
  let from: number = chain.anchor.time;
  let to: number = chain.anchor.time;
  for (const { matches } of chain.stages) {
    const [told] = matches;
    if (told !== undefined && chain.anchor.time - told.time <= MICROS_PER_DAY)
      from = Math.min(from, told.time);
    for (const match of matches.slice(0, QUOTED)) {
      if (match.time - chain.anchor.time <= MICROS_PER_DAY) to = Math.max(to, match.time);
    }
  }
  return { from: micros(from), to: micros(to) };
}
