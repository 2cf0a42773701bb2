import { regroupHosts } from '../storage/hosts';
import type { StoredImport } from '../storage/imports';
import {
  finishClearing,
  forgetClocks,
  hostsOfImport,
  OWN_TABLES,
  type RemovalCursor,
  removeEvents,
  removeOwnRows,
} from '../storage/removal';
import { leaveSigma } from '../storage/sigma/runs';
import { dropUpload } from '../storage/uploads';

/** Events in one transaction: large enough to be quick, small enough that a host is not locked for long. */
const BATCH_EVENTS = 5_000;

/**
 * Takes everything out that an import brought, in bounded batches, then deletes it, ends it as cancelled or
 * leaves it ready to be read again, as was asked. Events that other imports contain pass to them. Stopped
 * anywhere and run again, it goes on; its hosts are queued for correlation before the last step.
 */
export async function clearImport(thisImport: StoredImport, signal?: AbortSignal): Promise<void> {
  const hostIds = await hostsOfImport(thisImport.id);
  for (const hostId of hostIds) await clearHost(thisImport.id, hostId, signal);
  await leaveSigma(thisImport.id);
  for (const table of OWN_TABLES) {
    while (await removeOwnRows(thisImport.id, table)) signal?.throwIfAborted();
  }
  await forgetClocks(hostIds);
  // One that is read again at once would only have its hosts correlated twice.
  if (thisImport.clearing !== 'reparse') await regroupHosts();
  const orphan = await finishClearing(thisImport.id, thisImport.reading);
  if (orphan !== undefined) await dropUpload(orphan);
}

async function clearHost(importId: number, hostId: number, signal?: AbortSignal): Promise<void> {
  let after: RemovalCursor;
  do {
    signal?.throwIfAborted();
    after = await removeEvents(importId, hostId, BATCH_EVENTS, after);
  } while (after !== undefined);
}
