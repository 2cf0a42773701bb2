/** Three-valued logic: `undefined` is *unknown*, the record's source does not collect the field. */
export type Truth = true | false | undefined;

/** False if any is false, else unknown if any is unknown (Kleene). Empty is true. */
export function allOf(values: Iterable<Truth>): Truth {
  let result: Truth = true;
  for (const value of values) {
    if (value === false) return false;
    if (value === undefined) result = undefined;
  }
  return result;
}

/** True if any is true, else unknown if any is unknown (Kleene). Empty is false. */
export function anyOf(values: Iterable<Truth>): Truth {
  let result: Truth = false;
  for (const value of values) {
    if (value === true) return true;
    if (value === undefined) result = undefined;
  }
  return result;
}

/** Unknown stays unknown. */
export function negate(value: Truth): Truth {
  return value === undefined ? undefined : !value;
}
