import { setImmediate as pause } from 'node:timers/promises';
import type { SigmaCoverage } from '../../contracts/sigmaCoverage';
import { sigmaFix } from '../../coverage/sigmaFixes';
import type { SigmaRule } from '../../sigma/rule';
import { type RuleSight, sightOfRule } from '../../sigma/sources/sight';
import { sourceOfKey } from '../../sigma/sources/sigmaRecord';
import { remembered } from '../../storage/remembered';
import { type HostSourcesRow, loadHostSources } from '../../storage/sigma/hostSources';
import { runsStamp } from '../../storage/sigma/rulesList';
import { readActiveRules } from './activeRules';
import { createFleet, type Fleet } from './rulesSight';

/** Missing things told, those first that would let most rules be decided. */
const MISSING_TOLD = 100;
/** Rules judged before others get their turn. */
const AT_ONCE = 50;

const NOTHING: SigmaCoverage = { rules: 0, visible: 0, partial: 0, blind: 0, hosts: [], missing: [] };

/**
 * Which of the rules in force can be decided on which hosts, and what is missing where they cannot. Rules that run only
 * for a correlation count too: without them it is blind. Hosts are those that are expected to report and that a run has
 * looked at.
 */
export async function readSigmaCoverage(): Promise<SigmaCoverage> {
  const { rules, digest } = await readActiveRules();
  if (rules.length === 0) return NOTHING;
  return remembered(`sigma coverage ${digest} ${await runsStamp()}`, async () =>
    coverageOfRules(rules, await loadHostSources()),
  );
}

/** The coverage of rules by what came of each host. Hosts that are alike to a rule are judged once. */
export async function coverageOfRules(
  rules: readonly SigmaRule[],
  rows: readonly HostSourcesRow[],
): Promise<SigmaCoverage> {
  const fleet = createFleet(rows);
  const onHosts = new Map(rows.map(({ id }) => [id, { visible: 0, partial: 0, blind: 0 }]));
  const best = { visible: 0, partial: 0, blind: 0 };
  const missing = createMissing();
  for (const [i, rule] of rules.entries()) {
    if (i % AT_ONCE === AT_ONCE - 1) await pause();
    best[judge(rule, fleet, onHosts, missing)]++;
  }
  return {
    rules: rules.length,
    ...best,
    hosts: rows.map(({ id, name, sources }) => ({
      host: { id: String(id), name },
      ...(onHosts.get(id) ?? { visible: 0, partial: 0, blind: 0 }),
      sources: sources
        .map(({ source, records }) => ({ title: sourceOfKey(source)?.title ?? source, records }))
        .sort((a, b) => b.records - a.records || (a.title < b.title ? -1 : 1)),
    })),
    missing: missing.ranked(),
  };
}

type State = RuleSight['state'];

/** Judges a rule on all hosts; how well the best of them can decide it. Without any host it is blind. */
function judge(
  rule: SigmaRule,
  fleet: Fleet,
  onHosts: ReadonlyMap<number, Record<State, number>>,
  missing: ReturnType<typeof createMissing>,
): State {
  let best: State = 'blind';
  for (const { sources, hosts } of fleet.alike(rule)) {
    const sight = sightOfRule(rule, sources);
    for (const { id } of hosts) {
      const counts = onHosts.get(id);
      if (counts !== undefined) counts[sight.state]++;
    }
    if (sight.state === 'visible' || (sight.state === 'partial' && best === 'blind')) best = sight.state;
    if (sight.state === 'blind') missing.add(rule, sight, hosts);
  }
  return best;
}

type Lack = {
  readonly kind: 'logsource' | 'field';
  readonly what: string;
  readonly rules: Set<string>;
  readonly hosts: Set<number>;
};

/** Counts what blind rules lack: a rule under each thing, since it takes them all. */
function createMissing() {
  const lacks = new Map<string, Lack>();
  return {
    add(rule: SigmaRule, sight: RuleSight, hosts: readonly { readonly id: number }[]): void {
      for (const { kind, what } of sight.missing) {
        const key = `${kind} ${what}`;
        const lack = lacks.get(key) ?? { kind, what, rules: new Set(), hosts: new Set() };
        lacks.set(key, lack);
        lack.rules.add(rule.id);
        for (const { id } of hosts) lack.hosts.add(id);
      }
    },
    /** What a setting is known for comes first: the rest is none of what people can set here. */
    ranked(): SigmaCoverage['missing'] {
      return [...lacks.values()]
        .map(({ kind, what, rules, hosts }) => ({
          ...{ kind, what, rules: rules.size, hosts: hosts.size },
          fix: sigmaFix({ kind, what }) ?? null,
        }))
        .sort(
          (a, b) =>
            Number(a.fix === null) - Number(b.fix === null) ||
            b.rules - a.rules ||
            b.hosts - a.hosts ||
            (a.what < b.what ? -1 : 1),
        )
        .slice(0, MISSING_TOLD);
    },
  };
}
