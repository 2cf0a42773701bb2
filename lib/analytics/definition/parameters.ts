import type { Parameter, ParameterValue } from '../analytic';
import type { Complaint } from './definitionSource';
import { parseDuration } from './duration';

/** Values that parameters may put into one definition, all places together; the matcher keeps every one of them. */
const EXPANDED_MAX = 50_000;
/** So much of a text counts as one value: a long text put in many times is as dear as a long list. */
const TEXT_UNIT = 256;

/** A parameter as a definition writes it: a value alone, or a value with what it is about. */
export type ParameterText = ParameterValue | { readonly value: ParameterValue; readonly about: string };

/** What a parameter's value is: lists and numbers by type, text by whether it is a length of time. */
export function kindOfValue(value: ParameterValue): Parameter['kind'] {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return 'number';
  return parseDuration(String(value)) === undefined ? 'text' : 'duration';
}

/** The value of a parameter however it is written. */
export function valueOfParameter(text: unknown): unknown {
  return typeof text === 'object' && text !== null && 'value' in text ? text.value : text;
}

/** The parameters a document writes, by name; none when it has no such part. */
export function parametersOf(raw: unknown): ReadonlyMap<string, unknown> {
  const written = typeof raw === 'object' && raw !== null && 'parameters' in raw ? raw.parameters : undefined;
  return new Map(typeof written === 'object' && written !== null ? Object.entries(written) : []);
}

/**
 * Puts the values of `parameters` where the definition says `${Name}`; whole values only, so lists stay lists.
 * A name that is no parameter stays as written and is complained of; so does all that is named after more values
 * were put in than a definition may hold.
 */
export function withParameters(raw: unknown, complain: (complaint: Complaint) => void): unknown {
  const parameters = new Map([...parametersOf(raw)].map(([name, text]) => [name, valueOfParameter(text)]));
  const sizes = new Map([...parameters].map(([name, value]) => [name, sizeOf(value)]));
  let left = EXPANDED_MAX;
  const take = (name: string, path: readonly PropertyKey[]): boolean => {
    if (left < 0) return false;
    left -= sizes.get(name) ?? 1;
    if (left >= 0) return true;
    const message = `the parameters put in more than ${EXPANDED_MAX} values up to here; name long lists less often`;
    complain({ path, message });
    return false;
  };
  const substitute = (value: unknown, path: readonly PropertyKey[]): unknown => {
    if (typeof value === 'string') {
      const name = /^\$\{([A-Za-z0-9_.]+)\}$/.exec(value)?.[1];
      if (name === undefined) return value;
      if (parameters.has(name)) return take(name, path) ? parameters.get(name) : value;
      const known = [...parameters.keys()].join(', ') || 'none';
      complain({ path, message: `"${name}" is not one of the parameters (${known})` });
      return value;
    }
    if (Array.isArray(value)) {
      return value.flatMap((item, i) => {
        const replaced = substitute(item, [...path, i]);
        return typeof item === 'string' && Array.isArray(replaced) ? (replaced as unknown[]) : [replaced];
      });
    }
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [
          key,
          key === 'parameters' && path.length === 0 ? inner : substitute(inner, [...path, key]),
        ]),
      );
    }
    return value;
  };
  return substitute(raw, []);
}

/** How many values a value holds, itself included. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return 1 + Math.floor(value.length / TEXT_UNIT);
  if (typeof value !== 'object' || value === null) return 1;
  return Object.values(value).reduce((sum: number, inner) => sum + sizeOf(inner), 1);
}
