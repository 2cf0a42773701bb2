/** Places of a runbook's question: `{host}`, or a stage and a field of what it matched. */
export const QUESTION_PLACE = /\{(?:host|([a-z0-9_]+)\.([a-zA-Z0-9_.]+))\}/gi;

/** What stands in for a place while nothing is known of it: any value, whatever the field's type. */
export const OPEN_QUESTION = '*';

/**
 * Fields of a place beside recorded and derived ones: what findings tell things by. `destination` is a
 * whole condition: of a name, of an address, or of either where the record has both.
 */
export const TOLD_FIELDS: ReadonlySet<string> = new Set(['image', 'parent', 'file', 'destination', 'user']);
