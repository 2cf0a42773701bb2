import { RE2JS } from 're2js';
import { REGEX_STEPS_MAX } from './budget';

/** A regular expression that is known to be sound. */
export type Regex = { readonly body: string; readonly flags: number; readonly size: number };

/** Compiled ones in order of use, the last used last. */
const compiled = new Map<Regex, RE2JS>();
let steps = 0;

/**
 * Compiles an expression when it is first used. Those used last stay compiled, up to 200,000 steps together: rules that
 * are only looked at, or whose literals never come, take no memory.
 */
export function compiledRegex(regex: Regex): RE2JS {
  const known = compiled.get(regex);
  if (known !== undefined) {
    // Anew at the end of the order; one alone is there already.
    if (compiled.size > 1) {
      compiled.delete(regex);
      compiled.set(regex, known);
    }
    return known;
  }
  const made = RE2JS.compile(regex.body, regex.flags);
  compiled.set(regex, made);
  steps += regex.size;
  for (const oldest of compiled.keys()) {
    if (steps <= REGEX_STEPS_MAX || oldest === regex) break;
    compiled.delete(oldest);
    steps -= oldest.size;
  }
  return made;
}

/** Steps of all that are compiled now. */
export function compiledSteps(): number {
  return steps;
}
