import { type ReleaseMapping, releaseMappings } from '../../attack/releaseMappings';
import { newestBundle } from '../../storage/attack/bundles';
import { objectsAbout } from '../../storage/attack/objects';
import {
  insertTechniqueMapping,
  listTechniqueMappings,
  removeTechniqueMappings,
} from '../../storage/attack/techniqueMappings';
import type { Connection } from '../../storage/client';

/** How many mappings came and went with a release. */
export type Followed = { readonly mapped: number; readonly unmapped: number };

/**
 * Makes what the newest release says of these analytics the mappings in force that no person made: what it says anew is
 * added, what it no longer says is taken out of force. People's own stay. Within the caller's transaction, which holds
 * the mappings locked.
 */
export async function followRelease(
  connection: Connection,
  analytics: readonly string[],
  by: string,
): Promise<Followed> {
  const newest = await newestBundle(connection);
  const said =
    newest === undefined
      ? []
      : releaseMappings(analytics, await objectsAbout(newest.id, analytics, connection));
  const inForce = (await listTechniqueMappings(connection)).filter(({ origin }) => origin === 'bundle');
  const gone = inForce.filter((mapping) => !said.some((each) => sameMapping(each, mapping)));
  const added = said.filter((mapping) => !inForce.some((each) => sameMapping(each, mapping)));
  await removeTechniqueMappings(
    connection,
    gone.map(({ id }) => id),
    by,
  );
  for (const mapping of added) await insertTechniqueMapping(connection, { ...mapping, origin: 'bundle', by });
  return { mapped: added.length, unmapped: gone.length };
}

function sameMapping(a: ReleaseMapping, b: ReleaseMapping): boolean {
  return a.analytic === b.analytic && a.technique === b.technique && a.reason === b.reason;
}
