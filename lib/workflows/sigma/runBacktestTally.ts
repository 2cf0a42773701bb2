import { formatMicros } from '../../base/time';
import type { SigmaBacktestView } from '../../contracts/sigmaBacktests';
import type { MatchedPart, RuleMatch } from '../../sigma/hit';
import type { SigmaRule } from '../../sigma/rule';
import type { WatchedSource } from '../../sigma/sources/fieldWatch';
import { sightOfRule } from '../../sigma/sources/sight';
import type { TruePositives } from '../../storage/sigma/hitsTruePositive';
import type { MatchedRecord } from './matchImportRecords';

type Result = NonNullable<SigmaBacktestView['result']>;
type RuleResult = Result['rules'][number];
type Example = RuleResult['examples'][number];

/** A machine by any of its names as recorded. */
export type KnownHosts = ReadonlyMap<string, { readonly id: number; readonly name: string }>;

const EXAMPLES_OF_A_RULE = 5;
/** What a result holds is sent as a whole. */
const EXAMPLES_MAX = 2_000;
const PARTS_OF_AN_EXAMPLE = 10;
const VALUE_LENGTH = 500;
const HOSTS_OF_A_RULE = 50;
const COMMAND_LINE_LENGTH = 1_000;
/** Records remembered so that one in two imports counts once; beyond this it may count twice. */
const REMEMBERED_MAX = 1_000_000;

type Tally = {
  hits: number;
  onTruePositives: number;
  readonly hosts: Map<string, number>;
  readonly examples: Example[];
};

/** Counts what rules hit, without keeping any hit. */
export function createBacktestTally(
  rules: readonly SigmaRule[],
  hosts: KnownHosts,
  truePositives: TruePositives,
) {
  const numbers = new Map(rules.map((rule, i) => [rule.id, i]));
  const tallies = new Map<number, Tally>();
  const remembered = new Set<string>();
  let examples = 0;

  function tallyOf(number: number): Tally {
    const known = tallies.get(number);
    if (known !== undefined) return known;
    const fresh: Tally = { hits: 0, onTruePositives: 0, hosts: new Map(), examples: [] };
    tallies.set(number, fresh);
    return fresh;
  }

  function isAgain(number: number, eventId: string): boolean {
    const key = `${number}/${eventId}`;
    if (remembered.has(key)) return true;
    if (remembered.size < REMEMBERED_MAX) remembered.add(key);
    return false;
  }

  function count(found: MatchedRecord, match: RuleMatch): void {
    const number = numbers.get(match.rule.id) ?? -1;
    if (isAgain(number, found.eventId)) return;
    const tally = tallyOf(number);
    const { facts, eventId } = found;
    const host = hosts.get(facts.host) ?? { id: -1, name: facts.host };
    tally.hits++;
    tally.hosts.set(host.name, (tally.hosts.get(host.name) ?? 0) + 1);
    if (truePositives.has({ host: host.id, eventId, entityId: facts.entityId ?? null }))
      tally.onTruePositives++;
    if (tally.examples.length >= EXAMPLES_OF_A_RULE || examples >= EXAMPLES_MAX) return;
    examples++;
    tally.examples.push(exampleOf(found, host.name, match.explain()));
  }

  return {
    add(found: MatchedRecord): void {
      for (const match of found.matches) count(found, match);
    },
    /** Rules with the most hits first, then in their own order. */
    rules(seen: readonly WatchedSource[]): RuleResult[] {
      const blind = countBlind(rules, seen, hosts);
      return rules
        .map((rule, i) => resultOf(rule, tallies.get(i), blind.get(i) ?? 0))
        .sort((a, b) => b.hits - a.hits);
    },
  };
}

function resultOf(rule: SigmaRule, tally: Tally | undefined, blind: number): RuleResult {
  return {
    ruleId: rule.id,
    title: rule.title,
    level: rule.level,
    hits: tally?.hits ?? 0,
    hosts: [...(tally?.hosts ?? [])]
      .map(([host, hits]) => ({ host, hits }))
      .sort((a, b) => b.hits - a.hits)
      .slice(0, HOSTS_OF_A_RULE),
    onTruePositives: tally?.onTruePositives ?? 0,
    blind,
    examples: tally?.examples ?? [],
  };
}

function exampleOf({ facts, record }: MatchedRecord, host: string, matched: readonly MatchedPart[]): Example {
  return {
    host,
    time: formatMicros(facts.time),
    source: record.source.title,
    image: facts.image ?? null,
    commandLine: facts.commandLine?.slice(0, COMMAND_LINE_LENGTH) ?? null,
    matched: matched.slice(0, PARTS_OF_AN_EXAMPLE).map((part) => ({
      selection: part.selection,
      field: part.field ?? null,
      modifiers: [...part.modifiers],
      expected: part.expected.slice(0, VALUE_LENGTH),
      value: part.value.slice(0, VALUE_LENGTH),
    })),
  };
}

/** On how many hosts each rule cannot be decided, by its number. Hosts with the same records are judged once. */
function countBlind(
  rules: readonly SigmaRule[],
  seen: readonly WatchedSource[],
  hosts: KnownHosts,
): ReadonlyMap<number, number> {
  const byHost = new Map<string, WatchedSource[]>();
  for (const one of seen) {
    const name = hosts.get(one.host)?.name ?? one.host;
    byHost.set(name, [...(byHost.get(name) ?? []), one]);
  }
  const alike = new Map<string, { readonly sources: readonly WatchedSource[]; hosts: number }>();
  for (const sources of byHost.values()) {
    const signature = sources
      .map(({ source, records, fields }) => `${source.key}|${Math.min(records, 20)}|${[...fields].sort()}`)
      .join('\n');
    const same = alike.get(signature);
    if (same === undefined) alike.set(signature, { sources, hosts: 1 });
    else same.hosts++;
  }
  const blind = new Map<number, number>();
  for (const { sources, hosts: many } of alike.values())
    for (const [i, rule] of rules.entries())
      if (sightOfRule(rule, sources).state === 'blind') blind.set(i, (blind.get(i) ?? 0) + many);
  return blind;
}
