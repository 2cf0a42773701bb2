import type { Catalogue } from '../analytics/catalogue';
import type { AnalyticChange } from '../contracts/analytics';
import { prepareHost } from '../correlate/correlate';
import { kindsNeeded } from '../correlate/kindsNeeded';
import type { Finding } from '../findings/finding';
import {
  advanceBacktest,
  beginBacktest,
  endBacktest,
  hostsToTry,
  loadBacktest,
  verdictsOn,
} from '../storage/backtests';
import { withConnection } from '../storage/client';
import { loadHostEvents } from '../storage/events';
import { loadHistory } from '../storage/history';
import { loadHostGroup } from '../storage/hosts';
import { attacksUnder } from './attacksUnder';
import { createComparison, type Difference, differenceOf, differingIds } from './backtestCompare';
import { judgeByHistory } from './judgeByHistory';
import { nodeDigest } from './nodeDigest';
import { digestOfChange, propose, touches } from './proposeChange';
import { readCatalogue } from './readCatalogue';
import { readHostSigma } from './sigma/readHostSigma';

/**
 * Tries a proposed change: every host's stored events are correlated by what is in force and by what would be, and
 * the findings held against each other; a baseline is tried on the shipped attacks as well. Reads only. Progress is committed host by host; ends quietly when the
 * back-test was cancelled. After a killed worker it starts from the beginning, with the same result. Memory is
 * that of one host's events.
 */
export async function runBacktest(id: number, { signal }: { readonly signal: AbortSignal }): Promise<void> {
  const backtest = await loadBacktest(id);
  if (backtest === undefined || backtest.endedAt !== null) return;
  const { subject, importIds } = backtest;
  const change = backtest.change as AnalyticChange;
  const inForce = await readCatalogue();
  if (digestOfChange(subject, change, inForce.basis) !== backtest.digest) {
    const error = 'The settings were changed while this back-test waited. Start it again.';
    await endBacktest(id, { state: 'failed', error });
    return;
  }
  const [before, after] = [inForce.catalogue, propose(subject, change, inForce).catalogue];
  const hosts = await hostsToTry(importIds);
  if (!(await beginBacktest(id, hosts.length))) return;
  const comparison = createComparison();
  for (const [done, hostId] of hosts.entries()) {
    signal.throwIfAborted();
    const difference = await tryHost(hostId, importIds, before, after, touches(subject));
    if (difference !== undefined) comparison.add(difference, await verdictsOn(differingIds(difference)));
    if (!(await advanceBacktest(id, done + 1))) return;
  }
  const result = comparison.result();
  if (change.kind !== 'baseline') return void (await endBacktest(id, { state: 'done', result }));
  const { items, total } = comparison.truePositivesLost();
  const attacks = await attacksUnder(subject, after, signal);
  const loses = { truePositives: items, truePositivesTotal: total, ...attacks };
  await endBacktest(id, { state: 'done', result: { ...result, loses } });
}

/** Ends a back-test that all attempts failed at. */
export async function giveUpBacktest(id: number, error: unknown): Promise<void> {
  await endBacktest(id, {
    state: 'failed',
    error: `It could not be run: ${error instanceof Error ? error.message : String(error)}`,
  });
}

async function tryHost(
  hostId: number,
  importIds: readonly number[],
  before: Catalogue,
  after: Catalogue,
  analytics: ReadonlySet<string> | undefined,
): Promise<Difference | undefined> {
  const group = await loadHostGroup(hostId);
  if (group === undefined) return undefined;
  const kinds = [...new Set([...kindsNeeded(before), ...kindsNeeded(after)])].sort();
  const { events, sigma } = await withConnection(async (connection) => {
    const hostIds = group.members.map(({ id }) => id);
    return {
      events: await loadHostEvents(connection, group, kinds, importIds),
      sigma: await readHostSigma(connection, hostIds, [before, after], importIds),
    };
  });
  const asReported = new Set(group.asReported);
  // What the environment has seen is looked up as correlation does, without leaving a trace of the question.
  const findingsBy = async (catalogue: Catalogue): Promise<readonly Finding[]> => {
    const prepared = prepareHost({
      ...{ host: group.name, events, catalogue, asReported, sigma },
      digest: nodeDigest,
    });
    return (await judgeByHistory(prepared, loadHistory)).findings;
  };
  return differenceOf(await findingsBy(before), await findingsBy(after), analytics);
}
