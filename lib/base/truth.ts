/** Three-valued logic: `undefined` is *unknown*, the record's source does not collect the field. */
export type Truth = true | false | undefined;

/** Unknown stays unknown. */
export function negate(value: Truth): Truth {
  return value === undefined ? undefined : !value;
}
