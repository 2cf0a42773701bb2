import { cutText } from '../../base/cutText';
import { satisfies } from '../correlation/tally';
import { quoted, SigmaFault } from '../modifiers/fault';
import { numberOf } from '../modifiers/numbers';
import { CORRELATION_TYPES, type SigmaCorrelation, type SigmaHead } from '../rule';
import { textAt, textsAt, valueAt, type YamlMap, type YamlValue } from './yamlValue';

const OPERATORS = ['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const;
const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
/** A year: longer windows would hold everything. */
const TIMESPAN_MAX = 366 * 86_400;
const RULES_MAX = 1_000;
const FIELDS_MAX = 50;

/** Reads a `correlation`; throws a SigmaFault with its place for what is missing or cannot be. */
export function readCorrelation(map: YamlMap, document: YamlMap, head: SigmaHead): SigmaCorrelation {
  const type = typeOf(map);
  const rules = rulesAt(map);
  const condition = conditionsOf(map, type.type, rules);
  const percentile = type.percentile ?? condition.percentile;
  return {
    ...head,
    kind: 'correlation',
    type: type.type,
    rules,
    groupBy: namesAt(map, 'group-by'),
    timespan: timespanOf(map) * 1_000_000,
    conditions: condition.conditions,
    fields: condition.fields,
    ...(type.type === 'value_percentile' ? { percentile: percentileOf(percentile, map) } : {}),
    aliases: aliasesOf(map),
    generate: (textAt(map, 'generate') ?? textAt(document, 'generate'))?.toLowerCase() === 'true',
  };
}

/** References to rules as compared: ids in lower case, names as they are. */
export function referenceOf(text: string): string {
  return /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(text) ? text.toLowerCase() : text;
}

function typeOf(map: YamlMap): { type: SigmaCorrelation['type']; percentile?: number } {
  const written = textAt(map, 'type');
  const type = CORRELATION_TYPES.find((one) => one === written);
  if (type !== undefined) return { type };
  if (written === 'value_median') return { type: 'value_percentile', percentile: 50 };
  throw new SigmaFault(
    `${written === undefined ? 'this correlation has no type' : `${quoted(written)} is not a type of correlation`}; there are ${CORRELATION_TYPES.join(', ')}`,
    valueAt(map, 'type')?.at ?? map.at,
  );
}

function rulesAt(map: YamlMap): readonly string[] {
  const rules = textsAt(map, 'rules').map((text) => referenceOf(cutText(text.trim(), 500)));
  const at = valueAt(map, 'rules')?.at ?? map.at;
  if (rules.length === 0)
    throw new SigmaFault('this correlation names no rules; list the ids or names of those it is about', at);
  if (rules.length > RULES_MAX) throw new SigmaFault(`a correlation names at most ${RULES_MAX} rules`, at);
  return rules;
}

function namesAt(map: YamlMap, key: string): readonly string[] {
  const names = [...new Set(textsAt(map, key).map((text) => text.trim()))].filter((text) => text !== '');
  if (names.length > FIELDS_MAX)
    throw new SigmaFault(`"${key}" takes at most ${FIELDS_MAX} fields`, valueAt(map, key)?.at);
  return names.map((name) => cutText(name, 500));
}

/** Seconds. */
function timespanOf(map: YamlMap): number {
  const written = textAt(map, 'timespan');
  const [, number = '', unit = ''] = /^(\d{1,9})([smhd])$/.exec(written ?? '') ?? [];
  const seconds = Number(number) * (UNITS[unit] ?? 0);
  const at = valueAt(map, 'timespan')?.at ?? map.at;
  if (seconds === 0)
    throw new SigmaFault(
      `${written === undefined ? 'this correlation has no timespan' : `${quoted(written)} is not a timespan`}; write a number and one of s, m, h, d, as 90m`,
      at,
    );
  if (seconds > TIMESPAN_MAX) throw new SigmaFault('a timespan is at most 366d', at);
  return seconds;
}

type Conditions = Pick<SigmaCorrelation, 'conditions' | 'fields'> & { readonly percentile?: number };

function conditionsOf(map: YamlMap, type: SigmaCorrelation['type'], rules: readonly string[]): Conditions {
  const value = valueAt(map, 'condition');
  if (type === 'temporal' || type === 'temporal_ordered') {
    return { conditions: temporalConditions(value, type, rules), fields: [] };
  }
  if (value?.kind !== 'map')
    throw new SigmaFault(
      'this correlation has no condition; give it one as "condition: {gte: 10}"',
      value?.at ?? map.at,
    );
  for (const [key, { at }] of value.entries) {
    if (!(OPERATORS as readonly string[]).includes(key) && key !== 'field' && key !== 'percentile')
      throw new SigmaFault(
        `${quoted(key)} is no part of a condition; there are ${OPERATORS.join(', ')} and field`,
        at,
      );
  }
  const conditions = comparisonsOf(value);
  if (conditions.length === 0)
    throw new SigmaFault(
      `this condition compares with nothing; add one of ${OPERATORS.join(', ')}`,
      value.at,
    );
  const fields = type === 'event_count' ? [] : namesAt(value, 'field');
  if (type !== 'event_count' && fields.length === 0)
    throw new SigmaFault(
      `"${type}" needs "field" in its condition: the field whose values it takes`,
      value.at,
    );
  if (type !== 'value_count' && fields.length > 1)
    throw new SigmaFault(
      `"${type}" takes one field; only value_count takes several`,
      valueAt(value, 'field')?.at,
    );
  const percentile = valueAt(value, 'percentile');
  return {
    conditions,
    fields,
    ...(percentile === undefined ? {} : { percentile: numberAt(percentile, 'percentile') }),
  };
}

function comparisonsOf(value: YamlMap): SigmaCorrelation['conditions'] {
  return OPERATORS.flatMap((op) => {
    const limit = valueAt(value, op);
    return limit === undefined ? [] : [{ op, value: numberAt(limit, op) }];
  });
}

/**
 * Of how many of its rules there must be hits: none said, or all of them named, is all. Throws a SigmaFault for what no
 * window can come to, and where hits in order are asked of fewer than all.
 */
function temporalConditions(
  value: YamlValue | undefined,
  type: SigmaCorrelation['type'],
  rules: readonly string[],
): SigmaCorrelation['conditions'] {
  if (value === undefined) return [];
  const distinct = new Set(rules.map((rule) => rule.toLowerCase()));
  if (value.kind === 'scalar') {
    const named = new Set(value.text.split(/\s+and\s+/i).map((name) => name.trim().toLowerCase()));
    if (named.size === distinct.size && [...distinct].every((rule) => named.has(rule))) return [];
  }
  const entries = value.kind === 'map' ? [...value.entries.keys()] : [];
  const comparisons = value.kind === 'map' ? comparisonsOf(value) : [];
  if (entries.length === 0 || comparisons.length < entries.length)
    throw new SigmaFault(
      `a temporal correlation asks for all of its rules, or for some number of them, as "condition: {gte: 2}"; leave the condition out, or write one of ${OPERATORS.join(', ')} with a number`,
      value.at,
    );
  const counts = Array.from({ length: distinct.size }, (_, i) => i + 1);
  const fits = counts.filter((count) => comparisons.every((one) => satisfies(one, count)));
  if (fits.length === 0)
    throw new SigmaFault(
      `this condition can never hold: the correlation has ${distinct.size} rules`,
      value.at,
    );
  if (fits.length === 1 && fits[0] === distinct.size) return [];
  if (type === 'temporal_ordered')
    throw new SigmaFault(
      'a "temporal_ordered" correlation asks for all of its rules, one after the other; leave the condition out, or write one correlation for each order',
      value.at,
    );
  return comparisons;
}

function numberAt(value: YamlValue, what: string): number {
  const number = value.kind === 'scalar' ? numberOf(value.text) : undefined;
  if (number === undefined) throw new SigmaFault(`"${what}" takes a number`, value.at);
  return number;
}

function percentileOf(percentile: number | undefined, map: YamlMap): number {
  if (percentile === undefined || percentile < 0 || percentile > 100)
    throw new SigmaFault(
      '"value_percentile" needs "percentile" in its condition, a number from 0 to 100',
      valueAt(map, 'condition')?.at ?? map.at,
    );
  return percentile;
}

function aliasesOf(map: YamlMap): SigmaCorrelation['aliases'] {
  const value = valueAt(map, 'aliases');
  if (value === undefined) return {};
  const wrong = (at: number): never => {
    throw new SigmaFault(
      'aliases are a map: alias, then rule, then the field that stands for it in that rule',
      at,
    );
  };
  if (value.kind !== 'map') return wrong(value.at);
  // Names come from outside: no prototype, so that none of them is one of an object's own.
  const aliases: Record<string, Readonly<Record<string, string>>> = Object.create(null);
  for (const [alias, { value: byRule }] of value.entries) {
    if (byRule.kind !== 'map') return wrong(byRule.at);
    const fields: Record<string, string> = Object.create(null);
    for (const [rule, { value: field }] of byRule.entries) {
      if (field.kind !== 'scalar' || field.text === '') return wrong(field.at);
      fields[referenceOf(rule)] = field.text;
    }
    aliases[alias] = fields;
  }
  return aliases;
}
