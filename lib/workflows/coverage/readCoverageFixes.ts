import { formatMicros, micros } from '../../base/time';
import type { CoverageFix, CoverageQuery } from '../../contracts/coverage';
import { fixTitle } from '../../coverage/fixes';
import type { RankedFix } from '../../coverage/ranking';
import { type BlindFindings, countBlindFindings } from '../../storage/coverage/blindFindings';
import { remembered } from '../../storage/remembered';
import { rankFleetFixes, settingsFor } from './coverageCells';
import { type FleetHost, loadCoverageFacts, loadHostTimes } from './coverageFacts';

const MOST = 100;
const HOSTS_NAMED = 10;

type Most = { readonly fixes: number; readonly hosts: number };

/**
 * What would make stages visible on the hosts that are asked about, the most worthwhile first: at most `most.fixes`, each
 * with at most `most.hosts` by name. Throws `bad_request`.
 */
export async function readCoverageFixes(
  query: CoverageQuery,
  now: Date,
  most: Most = { fixes: MOST, hosts: HOSTS_NAMED },
): Promise<{ readonly items: CoverageFix[] }> {
  const facts = await loadCoverageFacts(query, now);
  const [{ ranked, quiet }, findings] = await Promise.all([
    rankFleetFixes(facts, await loadHostTimes(facts)),
    remembered('blind findings', countBlindFindings),
  ]);
  const hosts = new Map(facts.hosts.map((host) => [host.id, host]));
  return {
    items: ranked.slice(0, most.fixes).map((fix) => toFixView(fix, hosts, quiet, findings, most.hosts)),
  };
}

function toFixView(
  fix: RankedFix,
  known: ReadonlyMap<number, FleetHost>,
  quiet: ReadonlyMap<number, number>,
  findings: readonly BlindFindings[],
  named: number,
): CoverageFix {
  const hosts = [...fix.hosts]
    .flatMap((id) => known.get(id) ?? [])
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const sources = [...new Set(hosts.flatMap((host) => host.sources))].sort();
  return {
    id: fix.id,
    title: titleOf(fix, hosts, quiet),
    kind: fix.gap.kind,
    hosts: hosts.length,
    hostNames: hosts.slice(0, named).map(({ name }) => name),
    cells: fix.cells,
    helps: fix.helps,
    worth: fix.worth,
    ...countFindings(fix, findings),
    stages: [...fix.stages],
    settings: [...settingsFor(fix.gap, sources)],
  };
}

function titleOf(
  { gap }: RankedFix,
  hosts: readonly FleetHost[],
  quiet: ReadonlyMap<number, number>,
): string {
  if (gap.kind !== 'quiet') return fixTitle(gap);
  const [only] = hosts;
  const since = only === undefined ? undefined : quiet.get(only.id);
  return hosts.length === 1 && only !== undefined && since !== undefined
    ? `Collect again from ${only.name}: it reports nothing since ${formatMicros(micros(since)).slice(0, 16)}Z`
    : `Collect again from ${hosts.length} hosts that went quiet`;
}

/**
 * Findings that wait for it: with a blind stage that it alone makes blind no longer on their host. What was missing only
 * for a time is missing only in the findings of that time.
 */
function countFindings(
  { gap, unblinded }: RankedFix,
  findings: readonly BlindFindings[],
): Pick<CoverageFix, 'verdicts' | 'findings'> {
  let [verdicts, open] = [0, 0];
  for (const found of findings) {
    const stages = unblinded.get(found.hostId);
    if (stages === undefined || !found.stages.some((stage) => stages.has(stage))) continue;
    if (gap.kind === 'silent' && !found.silent.some((kind) => kind === gap.what)) continue;
    if (gap.kind === 'quiet' && !found.atEnd) continue;
    verdicts += found.undetermined;
    open += found.open;
  }
  return { verdicts, findings: open };
}
