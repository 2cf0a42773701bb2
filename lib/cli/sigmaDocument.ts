import { formatMicros, micros } from '../base/time';
import type { AnalyzeSigma } from '../contracts/analyze';
import type { EventCorrection, HostCorrelation } from '../correlate/correlate';
import { SIGMA_LEVELS, type SigmaHead } from '../sigma/rule';
import { blindRules, sourcesByHost } from './sigmaBlind';
import { correlateSeen } from './sigmaCorrelated';
import { compareTexts, namedRule, type Settle } from './sigmaNames';
import type { RuleHits, ShownHit, SigmaWatch } from './sigmaWatch';

type HitView = AnalyzeSigma['hits'][number];
/**
 * What rules found over all files, in the form of the document, and what was left out of it in sentences. `hostOf` gives
 * the host of a name as recorded, `results` what correlation settled, by host.
 */
export function sigmaDocument(
  watch: SigmaWatch,
  hostOf: (name: string) => string,
  results: ReadonlyMap<string, HostCorrelation>,
): { readonly sigma: AnalyzeSigma; readonly problems: readonly string[] } {
  const { rules, runs, correlations, filters, refused } = watch.given;
  const loaded = [...rules, ...correlations, ...filters];
  const byRule = [...watch.byRule()].sort(worstFirst);
  const settle = settledBy([...watch.seen(), ...byRule.flatMap(({ shown }) => shown)], results);
  const sources = sourcesByHost(watch.sources(), hostOf);
  const { correlated, problems } = correlateSeen(watch, hostOf, settle);
  const sigma: AnalyzeSigma = {
    rules: {
      loaded: loaded.length,
      runs: runs.length + correlations.length,
      foreign: rules.length - runs.length,
      refused: [...refused],
      byLevel: countLevels(loaded),
    },
    sources: sources.map(({ host, source, records }) => ({ host, source: source.title, records })),
    counts: byRule.map(({ rule, hits }) => ({ rule: namedRule(rule), hits })),
    hits: byRule
      .flatMap(({ rule, shown }) => shown.map((hit) => toHit(namedRule(rule), hit, hostOf, settle)))
      .sort(inTime),
    hitsTotal: byRule.reduce((sum, { hits }) => sum + hits, 0),
    correlated,
    blind: blindRules(runs, sources),
  };
  return { sigma, problems: [...watch.problems(), ...problems] };
}

function countLevels(rules: readonly SigmaHead[]): AnalyzeSigma['rules']['byLevel'] {
  const counts = { informational: 0, low: 0, medium: 0, high: 0, critical: 0 };
  for (const { level } of rules) counts[level]++;
  return counts;
}

function worstFirst(a: RuleHits, b: RuleHits): number {
  return (
    SIGMA_LEVELS.indexOf(b.rule.level) - SIGMA_LEVELS.indexOf(a.rule.level) ||
    b.hits - a.hits ||
    compareTexts(a.rule.id, b.rule.id)
  );
}

function inTime(a: HitView, b: HitView): number {
  return (
    compareTexts(a.time, b.time) ||
    compareTexts(a.rule.id, b.rule.id) ||
    compareTexts(a.host, b.host) ||
    compareTexts(a.record.file, b.record.file) ||
    a.record.index - b.record.index
  );
}

/** What correlation moved, of events with hits alone: there may be millions of others. */
function settledBy(
  hits: readonly { readonly eventId: string }[],
  results: ReadonlyMap<string, HostCorrelation>,
): Settle {
  const ids = new Set(hits.map(({ eventId }) => eventId));
  const moved = new Map<string, EventCorrection>();
  for (const { corrections } of results.values())
    for (const correction of corrections) if (ids.has(correction.id)) moved.set(correction.id, correction);
  return ({ eventId, time, entityId }) => {
    const correction = moved.get(eventId);
    return { time: correction?.time ?? time, entityId: correction?.entityId ?? entityId };
  };
}

function toHit(
  rule: HitView['rule'],
  hit: ShownHit,
  hostOf: (name: string) => string,
  settle: Settle,
): HitView {
  const { time, entityId } = settle(hit);
  return {
    rule,
    host: hostOf(hit.host),
    time: formatMicros(micros(time)),
    source: hit.source,
    kind: hit.kind ?? null,
    record: { file: hit.place.file, index: hit.place.index },
    process: {
      entityId: entityId ?? null,
      pid: hit.pid ?? null,
      image: hit.image ?? null,
      commandLine: hit.commandLine ?? null,
      user: hit.user ?? null,
    },
    matched: hit.matched.map(({ selection, field, modifiers, expected, value }) => ({
      selection,
      field: field ?? null,
      modifiers: [...modifiers],
      expected,
      value,
    })),
  };
}
