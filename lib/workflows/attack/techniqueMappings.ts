import type { z } from 'zod';
import { doubtOf, strategiesOf } from '../../attack/releaseMappings';
import { AppError } from '../../base/appError';
import type { AttackAnalytic, AttackMappings, mapTechniqueBody } from '../../contracts/attack';
import { newestBundle, type StoredBundle } from '../../storage/attack/bundles';
import { objectsAbout, objectsOfIds, type StoredObject } from '../../storage/attack/objects';
import {
  insertTechniqueMapping,
  listTechniqueMappings,
  lockTechniqueMappings,
  removeTechniqueMappings,
  type StoredTechniqueMapping,
} from '../../storage/attack/techniqueMappings';
import { addAudit, settingSubject } from '../../storage/audit';
import { type Connection, transaction } from '../../storage/client';
import { readCatalogue } from '../readCatalogue';
import { toBundle, toObject } from './attackViews';

/** Which techniques the analytics in force are about, who says so, and what the newest release has against it. */
export async function readTechniqueMappings(): Promise<AttackMappings> {
  const { analytics } = (await readCatalogue()).catalogue;
  const [bundle, mappings] = await Promise.all([newestBundle(), listTechniqueMappings()]);
  const ids = analytics.map(({ id }) => id);
  const [about, mapped] =
    bundle === undefined
      ? [[], []]
      : await Promise.all([
          objectsAbout(bundle.id, ids),
          objectsOfIds(
            bundle.id,
            mappings.map(({ technique }) => technique),
          ),
        ]);
  return {
    items: analytics.map(({ id, title }) => ({
      analytic: id,
      title,
      ...publishedAs(id, about),
      techniques: mappings
        .filter(({ analytic }) => analytic === id)
        .map((mapping) => toTechnique(mapping, mapped, bundle)),
    })),
    bundle: bundle === undefined ? null : toBundle(bundle),
  };
}

/**
 * Says for a person that an analytic is about a technique. Throws `bad_request` for an analytic that is not in force or
 * a technique that the newest release does not have, and `conflict` when a person said so already.
 */
export async function mapTechnique(
  { analytic, technique, reason }: z.output<typeof mapTechniqueBody>,
  by: string,
): Promise<AttackMappings> {
  const { analytics } = (await readCatalogue()).catalogue;
  if (!analytics.some(({ id }) => id === analytic))
    throw new AppError('bad_request', `No analytic ${analytic} is in force.`);
  await transaction(async (connection) => {
    await lockTechniqueMappings(connection);
    await refuseUnknown(technique, connection);
    const said = (await listTechniqueMappings(connection)).some(
      (each) => each.origin === 'person' && each.analytic === analytic && each.technique === technique,
    );
    if (said) throw new AppError('conflict', `${analytic} is mapped to ${technique} already.`);
    await insertTechniqueMapping(connection, { analytic, technique, reason, by, origin: 'person' });
    await addAudit(connection, {
      by,
      action: 'attack.technique_mapped',
      subject: settingSubject(analytic),
      details: { technique, reason },
    });
  });
  return readTechniqueMappings();
}

/** Takes back what a person said; its row stays. Throws `not_found`, and `bad_request` for what the release says. */
export async function unmapTechnique(id: number, by: string): Promise<AttackMappings> {
  await transaction(async (connection) => {
    await lockTechniqueMappings(connection);
    const mapping = (await listTechniqueMappings(connection)).find((each) => each.id === id);
    if (mapping === undefined) throw new AppError('not_found', `There is no mapping ${id} in force.`);
    if (mapping.origin === 'bundle')
      throw new AppError(
        'bad_request',
        'The release says so, not a person: it stays until a release no longer says it.',
      );
    await removeTechniqueMappings(connection, [id], by);
    await addAudit(connection, {
      by,
      action: 'attack.technique_unmapped',
      subject: settingSubject(mapping.analytic),
      details: { technique: mapping.technique },
    });
  });
  return readTechniqueMappings();
}

/** Without a release only the form of an id can be checked, which the contract does. */
async function refuseUnknown(technique: string, connection: Connection): Promise<void> {
  const bundle = await newestBundle(connection);
  if (bundle === undefined) return;
  const doubt = doubtOf(techniqueOf(technique, await objectsOfIds(bundle.id, [technique], connection)));
  if (doubt === null) return;
  throw new AppError(
    'bad_request',
    doubt === 'missing'
      ? `${technique} is no technique of the release ${bundle.name}.`
      : `${technique} is ${doubt} in the release ${bundle.name}: map the technique that took its place.`,
  );
}

/** The release's analytic of our id, and the strategy that names it. */
function publishedAs(
  analytic: string,
  about: readonly StoredObject[],
): Pick<AttackAnalytic, 'object' | 'strategy'> {
  const object = about.find(({ type, attackId }) => type === 'analytic' && attackId === analytic);
  const strategy = strategiesOf(analytic, about)[0];
  return {
    object: object === undefined ? null : toObject(object),
    strategy: strategy === undefined ? null : toObject(strategy),
  };
}

function toTechnique(
  { id, technique, origin, reason, by, at }: StoredTechniqueMapping,
  objects: readonly StoredObject[],
  bundle: StoredBundle | undefined,
): AttackAnalytic['techniques'][number] {
  const object = techniqueOf(technique, objects);
  return {
    id: String(id),
    technique,
    name: object?.name ?? null,
    origin,
    reason,
    by,
    at: at.toISOString(),
    doubt: bundle === undefined ? null : doubtOf(object),
  };
}

function techniqueOf(id: string, objects: readonly StoredObject[]): StoredObject | undefined {
  return objects.find(({ type, attackId }) => type === 'technique' && attackId === id);
}
