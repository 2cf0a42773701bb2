import type { z } from 'zod';
import { AppError } from '../../base/appError';
import type {
  AttackBundle,
  attackBundleList,
  attackObjectList,
  attackSearchQuery,
} from '../../contracts/attack';
import {
  bundleOfBytes,
  deleteBundle,
  insertBundle,
  listBundles,
  newestBundle,
  type StoredBundle,
} from '../../storage/attack/bundles';
import { insertObjects, searchObjects } from '../../storage/attack/objects';
import { lockTechniqueMappings } from '../../storage/attack/techniqueMappings';
import { addAudit } from '../../storage/audit';
import { transaction } from '../../storage/client';
import { readCatalogue } from '../readCatalogue';
import { toFileName } from '../receiveImport';
import { toBundle, toObject } from './attackViews';
import { followRelease } from './followRelease';
import { type ReadBundle, readBundle } from './readBundle';

/** What a release is called in the audit trail. */
const subjectOf = (bundleId: number): string => `attack:${bundleId}`;
const DOMAIN = 'enterprise-attack';
const SHOWN = 20;

/** Releases that people brought, the last first. */
export async function readBundles(): Promise<z.input<typeof attackBundleList>> {
  return { items: (await listBundles()).map(toBundle) };
}

/** Objects of the newest release by part of their id or name; none while there is no release. */
export async function findObjects(
  query: z.output<typeof attackSearchQuery>,
): Promise<z.input<typeof attackObjectList>> {
  const newest = await newestBundle();
  if (newest === undefined) return { items: [], total: 0 };
  const { q, type, limit = SHOWN } = query;
  const { items, total } = await searchObjects(newest.id, { q: q.trim(), type, limit });
  return { items: items.map(toObject), total };
}

/**
 * Keeps a release as it streams in: all of it or nothing. The same bytes again give the release they gave before. What
 * it says of our analytics is in force from then on. Throws as `readBundle`, and `bad_request` for another domain.
 */
export async function addBundle(
  name: string,
  content: AsyncIterable<Uint8Array>,
  by: string,
): Promise<{ readonly created: boolean; readonly bundle: AttackBundle }> {
  const read = await readBundle(content);
  const { domain } = read.release;
  if (domain !== null && domain !== DOMAIN)
    throw new AppError(
      'bad_request',
      `This is a release of ${domain}. The analytics here are about ${DOMAIN}: send that domain's file.`,
    );
  const analytics = await analyticIds();
  return transaction(async (connection) => {
    await lockTechniqueMappings(connection);
    const known = await bundleOfBytes(read.sha256, connection);
    if (known !== undefined) {
      // Analytics that came since, by an update of the product, are followed too.
      const again = await followRelease(connection, analytics, by);
      if (again.mapped + again.unmapped > 0)
        await addAudit(connection, {
          by,
          action: 'attack.release_added',
          subject: subjectOf(known.id),
          details: { ...factsOf(known), again: true, ...again },
        });
      return { created: false, bundle: toBundle(known) };
    }
    const bundle = await insertBundle(connection, rowOf(read, name, by));
    await insertObjects(connection, bundle.id, read.release.objects);
    const followed = await followRelease(connection, analytics, by);
    await addAudit(connection, {
      by,
      action: 'attack.release_added',
      subject: subjectOf(bundle.id),
      details: { ...factsOf(bundle), objects: read.release.objects.length, ...followed },
    });
    return { created: true, bundle: toBundle(bundle) };
  });
}

/** Forgets a release; what the one before it says is in force again. Throws `not_found`. */
export async function removeBundle(id: number, by: string): Promise<{ done: true }> {
  const analytics = await analyticIds();
  await transaction(async (connection) => {
    await lockTechniqueMappings(connection);
    const gone = await deleteBundle(connection, id);
    const followed = await followRelease(connection, analytics, by);
    await addAudit(connection, {
      by,
      action: 'attack.release_removed',
      subject: subjectOf(id),
      details: { ...factsOf(gone), ...followed },
    });
  });
  return { done: true };
}

function rowOf(
  { release, sha256, bytes }: ReadBundle,
  name: string,
  by: string,
): Parameters<typeof insertBundle>[1] {
  const { domain, version, specVersion, counts } = release;
  return { name: toFileName(name), sha256, bytes, domain, version, specVersion, counts, addedBy: by };
}

function factsOf({ name, sha256, version }: StoredBundle): Record<string, string | null> {
  return { name, sha256, version };
}

/** Of all definitions: one that is off now may be on later, and is about the same then. */
async function analyticIds(): Promise<readonly string[]> {
  return (await readCatalogue()).definitions.map(({ id }) => id);
}
