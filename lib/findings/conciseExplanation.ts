import type { Explanation } from './finding';

/** Longest value quoted in an explanation that is kept beside others; the record itself is one click away. */
const QUOTE = 240;
/** Tests kept of those that decided nothing. */
const BESIDE = 3;

/** The part of an explanation that decided its result, with values cut around what matched. */
export function conciseExplanation(explanation: Explanation): Explanation {
  const { children, actual } = explanation;
  if (children === undefined)
    return actual === undefined
      ? explanation
      : { ...explanation, actual: quoteAround(actual, explanation.matched) };
  const decisive = children.filter((child) => decides(child, explanation));
  const shown = decisive.length === 0 ? children.slice(0, BESIDE) : decisive.slice(0, 2 * BESIDE);
  return { ...explanation, children: shown.map(conciseExplanation) };
}

/** In a disjunction that holds only what holds matters; in a conjunction that fails, only what fails. */
function decides(child: Explanation, parent: Explanation): boolean {
  if (parent.op === 'any' && parent.result === 'true') return child.result === 'true';
  if (parent.op === 'all' && parent.result === 'false') return child.result === 'false';
  return true;
}

/** A value cut to a line's length, so that what matched stays in view. */
export function quoteAround(value: string, matched: string | undefined, length = QUOTE): string {
  if (value.length <= length) return value;
  const at = matched === undefined ? -1 : value.toLowerCase().indexOf(matched.toLowerCase());
  const from = Math.max(0, Math.min(at - Math.floor(length / 4), value.length - length));
  const cut = value.slice(from, from + length);
  return `${from > 0 ? '\u2026' : ''}${cut}${from + length < value.length ? '\u2026' : ''}`;
}
