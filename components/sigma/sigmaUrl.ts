import { createSerializer, type inferParserType, parseAsString, parseAsStringLiteral } from 'nuqs';
import { severity } from '@/lib/contracts/scalars';
import type { SigmaHitGroup } from '@/lib/contracts/sigmaHits';
import { sigmaRuleQuery, sigmaRuleRow } from '@/lib/contracts/sigmaRules';
import type { HitFilter, RuleFilter } from './sigmaQueries';

/** From the worst down, as lists are read. */
export const LEVELS = severity.options;
export const STATUSES = sigmaRuleRow.shape.status.options;
export const RULE_STATES = sigmaRuleQuery.shape.state.unwrap().options;
const SORTS = sigmaRuleQuery.shape.sort.unwrap().options;

export const BY = ['rule', 'process', 'hit', 'correlation'] as const;

/** The list of hits in the URL. */
export const hitParsers = {
  by: parseAsStringLiteral(BY).withDefault('rule'),
  level: parseAsStringLiteral(LEVELS),
  /** Id of a rule's text. */
  rule: parseAsString,
  host: parseAsString,
  /** `process.entity_id`, with `host`; empty: hits of no process. */
  process: parseAsString,
  event: parseAsString,
  q: parseAsString,
  /** A UTC day, included, or an instant. */
  from: parseAsString,
  to: parseAsString,
  baseline: parseAsStringLiteral(['open', 'covered', 'all'] as const).withDefault('open'),
  /** The row that is opened: key of a group, or id of what a correlation found. */
  open: parseAsString,
  /** The hit that is opened, by its ref. */
  hit: parseAsString,
};
export type HitUrl = inferParserType<typeof hitParsers>;
const serializeHits = createSerializer(hitParsers);

/** Address of a list of hits. */
export function hitsHref(url: Partial<HitUrl>): string {
  return serializeHits('/sigma', url);
}

export const NO_HIT_FILTERS = {
  level: null,
  rule: null,
  host: null,
  process: null,
  event: null,
  q: null,
  from: null,
  to: null,
  baseline: 'open',
} as const;

/** Whether anything beside what the list begins with narrows it. */
export function isNarrowed(url: HitUrl): boolean {
  return (
    url.baseline !== 'open' ||
    url.process !== null ||
    (['level', 'rule', 'host', 'event', 'q', 'from', 'to'] as const).some((name) => Boolean(url[name]))
  );
}

/** What to ask the API for. */
export function toHitFilter(url: HitUrl): HitFilter {
  const { level, rule, host, process, event, q, from, to, baseline } = url;
  return {
    baseline,
    ...(level ? { level } : {}),
    ...(rule ? { rule } : {}),
    ...(host ? { host } : {}),
    ...(process !== null && host ? { process } : {}),
    ...(event ? { event } : {}),
    ...(q?.trim() ? { q: q.trim() } : {}),
    ...(from ? { from: instant(from, 'from') } : {}),
    ...(to ? { to: instant(to, 'to') } : {}),
  };
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** A whole day's beginning or end; an instant as it is. */
function instant(text: string, end: 'from' | 'to'): string {
  if (!DAY.test(text)) return text;
  return end === 'from' ? `${text}T00:00:00.000Z` : `${text}T23:59:59.999Z`;
}

/** A group by its key; `known` once the list has it. */
export type OpenGroup = {
  readonly by: 'rule' | 'process';
  readonly key: string;
  readonly known: SigmaHitGroup | null;
};

/** The same filter narrowed to a group's hits: a rule's text, or a process of a host, be it none that is known. */
export function hitsOfGroup(filter: HitFilter, by: 'rule' | 'process', key: string): HitFilter {
  if (by === 'rule') return { ...filter, rule: key };
  const cut = key.indexOf('/');
  const [host, process] = cut < 0 ? [key, ''] : [key.slice(0, cut), key.slice(cut + 1)];
  return { ...filter, host, process };
}

/** The list of rules in the URL. */
export const ruleParsers = {
  q: parseAsString,
  set: parseAsString,
  level: parseAsStringLiteral(LEVELS),
  status: parseAsStringLiteral(STATUSES),
  tag: parseAsString,
  logsource: parseAsString,
  state: parseAsStringLiteral(RULE_STATES),
  sort: parseAsStringLiteral(SORTS).withDefault('level'),
  /** The rule that is opened, by the id of its text. */
  rule: parseAsString,
  /** Of which set, where several hold that text. */
  of: parseAsString,
  /** The back-test that is looked at. */
  backtest: parseAsString,
};
export type RuleUrl = inferParserType<typeof ruleParsers>;
const serializeRules = createSerializer(ruleParsers);

/** Address of a list of rules. */
export function rulesHref(url: Partial<RuleUrl>): string {
  return serializeRules('/sigma/rules', url);
}

export const NO_RULE_FILTERS = {
  q: null,
  set: null,
  level: null,
  status: null,
  tag: null,
  logsource: null,
  state: null,
} as const;

/** Whether rules are narrowed at all. */
export function rulesNarrowed(url: RuleUrl): boolean {
  return (Object.keys(NO_RULE_FILTERS) as (keyof typeof NO_RULE_FILTERS)[]).some((name) =>
    Boolean(url[name]),
  );
}

/** What to ask the API for. */
export function toRuleFilter(url: RuleUrl): RuleFilter {
  const { q, set, level, status, tag, logsource, state, sort } = url;
  return {
    sort,
    ...(q?.trim() ? { q: q.trim() } : {}),
    ...(set ? { set } : {}),
    ...(level ? { level } : {}),
    ...(status ? { status } : {}),
    ...(tag?.trim() ? { tag: tag.trim() } : {}),
    ...(logsource?.trim() ? { logsource: logsource.trim() } : {}),
    ...(state ? { state } : {}),
  };
}

/** What of a set is looked at, in the URL. */
export const setParsers = {
  set: parseAsString,
  part: parseAsStringLiteral(['choice', 'refused', 'versions'] as const).withDefault('choice'),
  backtest: parseAsString,
};

/** Which baselines of hits are listed. */
export const baselineParsers = {
  state: parseAsStringLiteral(['active', 'expired', 'revoked', 'all'] as const).withDefault('active'),
};
