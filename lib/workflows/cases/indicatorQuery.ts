import { type CaseIndicator, INDICATOR_TYPES } from '../../contracts/cases';
import { parseQuery } from '../../query/parse';
import { fieldIs, quoteValue } from '../../query/quote';

type IndicatorType = CaseIndicator['type'];

/** The field of the query language that each type of value stands in. */
const FIELDS: Readonly<Record<IndicatorType, readonly string[]>> = {
  ip: ['ip'],
  domain: ['domain'],
  url: ['url'],
  sha256: ['hash'],
  sha1: ['hash'],
  md5: ['hash'],
  path: ['file.path', 'process.executable', 'dll.path'],
  user: ['user.name'],
  host: ['host.name'],
  other: [],
};

/** A stored type; `other` for one that this version does not know. */
export function indicatorType(stored: string): IndicatorType {
  return INDICATOR_TYPES.find((type) => type === stored) ?? 'other';
}

/**
 * A search of the Events screen for a value, whatever is in it; what is of no field of its own is looked for in all
 * text. Null where the language cannot ask for it.
 */
export function indicatorQuery(type: IndicatorType, value: string): string | null {
  const fields = FIELDS[type];
  const query =
    fields.length === 0 ? quoteValue(value) : fields.map((field) => fieldIs(field, value)).join(' or ');
  return parseQuery(query).ok ? query : null;
}
