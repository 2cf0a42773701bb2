import type { Parameter, ParameterValue } from '../analytic';
import type { Complaint } from './definitionSource';
import { parseDuration } from './duration';

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
 * A name that is no parameter stays as written and is complained of.
 */
export function withParameters(raw: unknown, complain: (complaint: Complaint) => void): unknown {
  const parameters = new Map([...parametersOf(raw)].map(([name, text]) => [name, valueOfParameter(text)]));
  const substitute = (value: unknown, path: readonly PropertyKey[]): unknown => {
    if (typeof value === 'string') {
      const name = /^\$\{([A-Za-z0-9_.]+)\}$/.exec(value)?.[1];
      if (name === undefined) return value;
      if (parameters.has(name)) return parameters.get(name);
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
