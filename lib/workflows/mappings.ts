import { AppError } from '../base/appError';
import type { MappingBody, MappingList, Mapping as MappingShape, MappingView } from '../contracts/mappings';
import { MAPPING_PREFIX } from '../formats/mapping/mappedFormat';
import type { Mapping } from '../formats/mapping/mapping';
import { mappingId, parseMapping, writeMapping } from '../formats/mapping/parseMapping';
import { addAudit, mappingSubject } from '../storage/audit';
import { transaction } from '../storage/client';
import {
  deleteMapping,
  listMappings,
  loadMapping,
  type StoredMapping,
  saveMapping,
} from '../storage/mappings';

/** Saved mappings, in order of name. */
export async function readMappings(): Promise<MappingList> {
  return { items: (await listMappings()).map(toView) };
}

/** One mapping as it is in force, or in an earlier version. Throws `not_found`. */
export async function readMapping(id: string, version?: number): Promise<MappingView> {
  return toView(await stored(id, version));
}

/** A mapping as the file that another Sequela takes. Throws `not_found`. */
export async function exportMapping(
  id: string,
): Promise<{ readonly name: string; readonly content: string }> {
  const { body } = await stored(id);
  return { name: `${id}.mapping.json`, content: writeMapping(parse(body, true)) };
}

/**
 * Saves a new mapping, or takes one that was exported. The very mapping that is there already is left as it
 * is. Throws `bad_request` with every mistake, and `conflict` when another has its name.
 */
export async function createMapping(
  body: MappingBody,
  by: string,
): Promise<{ readonly created: boolean; readonly view: MappingView }> {
  const parsed = parse({ ...body, id: body.id ?? mappingId(body.name), version: 1 }, true);
  const known = await loadMapping(parsed.id);
  if (known !== undefined) {
    const same = parseMapping(known.body, false).mapping;
    if (same !== undefined && saysTheSame(same, parsed)) return { created: false, view: toView(known) };
    throw new AppError(
      'conflict',
      `There is a mapping with the id ${parsed.id} already. Change that one, or give this one another name.`,
    );
  }
  await refuseTakenName(parsed);
  await save(parsed, by);
  return { created: true, view: await readMapping(parsed.id) };
}

/**
 * Saves a change as the next version. `version` in the body is the one it was made from; without it, the one
 * in force. Throws `not_found`, `bad_request`, and `conflict` when somebody else saved one meanwhile.
 */
export async function changeMapping(id: string, body: MappingBody, by: string): Promise<MappingView> {
  const current = await stored(id);
  const from = body.version ?? current.version;
  if (from !== current.version)
    throw new AppError(
      'conflict',
      `Version ${current.version} of this mapping was saved meanwhile. Look at it, then decide again.`,
    );
  const parsed = parse({ ...body, id, version: from + 1 }, true);
  await refuseTakenName(parsed);
  await save(parsed, by);
  return readMapping(id);
}

/** Deletes a mapping. What was read by it stays; a later file of its shape is unknown again. Throws `not_found`. */
export async function removeMapping(id: string, by: string): Promise<{ id: string; deleted: true }> {
  await transaction(async (connection) => {
    if (!(await deleteMapping(connection, id))) throw noMapping(id);
    await addAudit(connection, { by, action: 'mapping.deleted', subject: mappingSubject(id), details: {} });
  });
  return { id, deleted: true };
}

/** A mapping out of a body. With `complete` it must be fit to be saved. Throws `bad_request` with every mistake. */
export function parse(body: unknown, complete: boolean): Mapping {
  const { mapping, mistakes } = parseMapping(withoutNull(body), complete);
  if (mapping !== undefined) return mapping;
  const first = mistakes[0];
  const place = first === undefined || first.path === '' ? '' : ` at ${first.path}`;
  throw new AppError('bad_request', `The mapping has a mistake${place}: ${first?.message ?? ''}`, {
    errors: mistakes,
  });
}

/** The mapping as the API shows it. */
export function toShape(mapping: Mapping): MappingShape {
  return structuredClone(mapping) as MappingShape;
}

function withoutNull(body: unknown): unknown {
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== null && value !== undefined),
  );
}

function saysTheSame(a: Mapping, b: Mapping): boolean {
  return writeMapping({ ...a, version: 1 }) === writeMapping({ ...b, version: 1 });
}

/** Two mappings of one name would share a channel, and nobody could tell their events apart. */
async function refuseTakenName({ id, name }: Mapping): Promise<void> {
  const taken = (await listMappings()).find(
    (one) => one.id !== id && one.name.toLowerCase() === name.toLowerCase(),
  );
  if (taken !== undefined)
    throw new AppError('conflict', `The mapping ${taken.id} has this name. Choose another name.`);
}

async function save(mapping: Mapping, by: string): Promise<void> {
  const { id, version, name } = mapping;
  await transaction(async (connection) => {
    if (!(await saveMapping(connection, { id, version, name, body: mapping, savedBy: by })))
      throw new AppError(
        'conflict',
        'Another version of this mapping was saved at the same moment. Try again.',
      );
    const subject = mappingSubject(id);
    await addAudit(connection, { by, action: 'mapping.saved', subject, details: { version, name } });
  });
}

async function stored(id: string, version?: number): Promise<StoredMapping> {
  const found = await loadMapping(id, version);
  if (found === undefined) throw noMapping(id);
  return found;
}

function noMapping(id: string): AppError {
  return new AppError('not_found', `There is no mapping ${id.slice(0, 60)}.`);
}

function toView({ body, savedAt, savedBy, id }: StoredMapping): MappingView {
  return {
    mapping: toShape(parse(body, false)),
    format: `${MAPPING_PREFIX}${id}`,
    savedAt: savedAt.toISOString(),
    savedBy,
  };
}
