import { correlateHost } from '../correlate/correlate';
import { kindsNeeded } from '../correlate/kindsNeeded';
import { withConnection } from '../storage/client';
import { saveCorrelation } from '../storage/correlation';
import { loadHostEvents } from '../storage/events';
import { haveEvents, loadHostGroup } from '../storage/hosts';
import { failImportsOfHost, finishImports } from '../storage/imports';
import { LOCK_CLASS, lockSession, unlockSession } from '../storage/locks';
import { nodeDigest } from './nodeDigest';
import { readCatalogue } from './readCatalogue';

/**
 * Correlates all that is stored of one host, whichever imports it came from, and writes back what came out.
 * One host is correlated by one worker at a time; events that arrive meanwhile are seen by the run their
 * import queues. Memory is that of one host's events of the kinds the analytics look at.
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
        const result = correlateHost({
          host: group.name,
          events,
          catalogue,
          digest: nodeDigest,
          asReported: new Set(group.asReported),
        });
        // Where all events have left there is nothing to see, and nothing to be blind about.
        const hostIds = group.members.map((member) => member.id);
        const isEmpty = events.length === 0 && !(await haveEvents(connection, hostIds));
        await saveCorrelation(group, kinds, isEmpty ? { ...result, coverage: [] } : result);
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
