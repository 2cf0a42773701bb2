import type { StageView } from '../../contracts/findings';
import { type Html, html } from './htmlText';

/** The stage's mark as on the screens: solid disc, hollow ring or hatch, each with its letter for greys. */
export function pipOf({ state, required }: Pick<StageView, 'state' | 'required'>): Html {
  const radius = required ? 9 : 7;
  const letter = { matched: 'M', absent: 'A', blind: 'B' }[state];
  const ink = state === 'matched' ? '#fff' : '#1b1f24';
  const ring =
    state === 'matched'
      ? html`<circle cx="11" cy="11" r="${radius}" fill="#1b1f24"/>`
      : state === 'absent'
        ? html`<circle cx="11" cy="11" r="${radius}" fill="#fff" stroke="#58606a" stroke-width="1.6"/>`
        : html`<circle cx="11" cy="11" r="${radius}" fill="#e4d5f5" stroke="#6b2fb3" stroke-width="1.6" stroke-dasharray="3 2"/>`;
  return html`<svg width="22" height="22" viewBox="0 0 22 22" role="img" aria-label="${state}">${ring}<text x="11" y="15" text-anchor="middle" font-size="11" font-weight="700" fill="${ink}">${letter}</text></svg>`;
}
