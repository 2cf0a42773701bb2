import { prepareHost } from '../correlate/correlate';
import { NO_SIGHT, sightOf } from '../correlate/hostSight';
import { kindsNeeded } from '../correlate/kindsNeeded';
import { withConnection } from '../storage/client';
import { saveCorrelation } from '../storage/correlation';
import { loadHostEvents } from '../storage/events';
import { askHistory, saveHistory } from '../storage/history';
import { haveEvents, loadHostGroup } from '../storage/hosts';
import { failImportsOfHost, finishImports } from '../storage/imports';
import { LOCK_CLASS, lockSession, unlockSession } from '../storage/locks';
import { judgeByHistory } from './judgeByHistory';
import { nodeDigest } from './nodeDigest';
import { readCatalogue } from './readCatalogue';
import { readHostSigma } from './sigma/readHostSigma';

/**
 * Correlates all that is stored of one host, whichever imports it came from, and writes back what came out.
 * One host is correlated by one worker at a time; events that arrive meanwhile are seen by the run their
 * import queues, and hosts whose findings hang on what this one newly shows are queued. Memory is that of one host's events of the kinds the analytics look at.
 */
export async function correlateHostGroup(canonicalId: number): Promise<void> {
  await withConnection(async (connection) => {
    await lockSession(connection, LOCK_CLASS.hostCorrelation, canonicalId);
    try {
      // Read before the events: a batch that commits in between makes the counter differ, never the reverse.
      const group = await loadHostGroup(canonicalId);
      if (group !== undefined) {
        const { catalogue } = await readCatalogue();
        const kinds = kindsNeeded(catalogue);
        const events = await loadHostEvents(connection, group, kinds);
        const hostIds = group.members.map((member) => member.id);
        const sigma = await readHostSigma(connection, hostIds, [catalogue]);
        const prepared = prepareHost({
          host: group.name,
          events,
          catalogue,
          digest: nodeDigest,
          asReported: new Set(group.asReported),
          sigma,
        });
        // What the host adds to history is there before anything is judged by it; it hangs on events alone.
        await saveHistory(group.id, hostIds, prepared.history.rows);
        const result = await judgeByHistory(prepared, (lookups) => askHistory(group.id, lookups));
        // Where all events have left there is nothing to see, and nothing to be blind about.
        const isEmpty = events.length === 0 && !(await haveEvents(connection, hostIds));
        await saveCorrelation(
          group,
          kinds,
          isEmpty
            ? { ...result, coverage: [], blind: [], sight: NO_SIGHT }
            : { ...result, sight: sightOf(prepared, result.coverage) },
        );
      }
    } finally {
      await unlockSession(connection, LOCK_CLASS.hostCorrelation, canonicalId);
    }
  });
  await finishImports();
}

/** Ends the imports that wait for a host which all attempts failed to correlate. */
export async function giveUpHost(canonicalId: number, error: unknown): Promise<void> {
  const group = await loadHostGroup(canonicalId);
  await failImportsOfHost(canonicalId, {
    message: `All records are stored, but host ${group?.name ?? canonicalId} could not be correlated after several attempts. Run the analytics again from the host's page.`,
    detail: error instanceof Error ? error.message : String(error),
  });
}
