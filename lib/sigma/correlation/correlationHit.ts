import type { Micros } from '../../base/time';
import type { SigmaCorrelation } from '../rule';

/** A hit of a rule, as correlation rules see it. */
export type CorrelationHit = {
  /** The rule's own id. */
  readonly rule: string;
  /** What correlations may call the rule by as well. */
  readonly name?: string;
  /** The machine's canonical name. */
  readonly host: string;
  /** The machine's number where it is stored. */
  readonly hostId?: number;
  /** Of the event, or of what stands for a record that became none: hits of two rules on one event have the same. */
  readonly eventId: string;
  readonly time: Micros;
  /** Values of the record's fields by Sigma's names: at least those of `fieldsForCorrelations`. */
  readonly fields: Readonly<Record<string, string>>;
};

/** What a correlation rule found: overlapping windows of one group in which it held, as one. */
export type Correlated<Hit extends CorrelationHit = CorrelationHit> = {
  readonly correlation: SigmaCorrelation;
  /** Group-by fields in order, with the value as it was first written. */
  readonly group: readonly { readonly field: string; readonly value: string }[];
  /** Time of the first hit of the first window that held. */
  readonly from: Micros;
  /** End of the last window that held: time of a hit. */
  readonly to: Micros;
  /** Hits in those windows; of a correlation that it stands on each result once. */
  readonly hits: number;
  /** The first 100 of them; of a correlation that it stands on the hit that completed it. */
  readonly events: readonly Hit[];
  /** Canonical names in order of appearance, at most 1,000. */
  readonly hosts: readonly string[];
  /** Their numbers, as far as hits have them. */
  readonly hostIds: readonly number[];
  /** Hits of this group that were let go while still within the timespan, for want of room. */
  readonly dropped: number;
};

/** What was let go for want of room: never silently. */
export type Dropped = {
  readonly correlation: SigmaCorrelation;
  /** Hits let go while still within the timespan. */
  readonly hits: number;
  /** Groups let go with all their hits. */
  readonly groups: number;
  /** Results that were found and not kept. */
  readonly results: number;
};

/** The machine's own name goes by many names in rules; a hit knows its host better than the record spells it. */
const HOST_FIELDS = new Set(['computer', 'computername', 'host', 'host.name']);

/**
 * The field that a name of `group-by` or `field` means in hits of a rule, known by any of `references` (its id and its
 * name): what the correlation's aliases say, else the name itself.
 */
export function fieldOf(
  { aliases }: Pick<SigmaCorrelation, 'aliases'>,
  name: string,
  references: readonly string[],
): string {
  const byRule = Object.hasOwn(aliases, name) ? aliases[name] : undefined;
  for (const reference of references)
    if (byRule !== undefined && Object.hasOwn(byRule, reference)) return byRule[reference] ?? name;
  return name;
}

/** The value of a field of a hit; undefined where it has none or an empty one, by which nothing can be grouped. */
export function valueOfField(
  hit: Pick<CorrelationHit, 'fields'> & { readonly host?: string },
  field: string,
): string | undefined {
  if (hit.host !== undefined && HOST_FIELDS.has(field.toLowerCase())) return hit.host;
  const value = Object.hasOwn(hit.fields, field) ? hit.fields[field] : undefined;
  return value === '' ? undefined : value;
}

/** Which fields hits of a rule (by the id or name that a correlation calls it) must keep. */
export function fieldsForCorrelations(
  correlations: readonly SigmaCorrelation[],
): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, Set<string>>();
  for (const correlation of correlations) {
    const { groupBy, fields: counted, rules, aliases } = correlation;
    // An alias may call by its name a rule that the list calls by its id.
    const references = new Set([
      ...rules,
      ...Object.values(aliases).flatMap((byRule) => Object.keys(byRule)),
    ]);
    for (const reference of references) {
      const kept = fields.get(reference) ?? new Set();
      fields.set(reference, kept);
      for (const name of [...groupBy, ...counted]) kept.add(fieldOf(correlation, name, [reference]));
    }
  }
  return new Map([...fields].map(([reference, kept]) => [reference, [...kept]]));
}
