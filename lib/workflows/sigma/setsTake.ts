import type { z } from 'zod';
import {
  type addSigmaVersionBody,
  type createSigmaSetBody,
  type SigmaSetDetail,
  sigmaChoice,
  type uploadSigmaQuery,
} from '../../contracts/sigmaSets';
import { addAudit } from '../../storage/audit';
import { type Connection, transaction } from '../../storage/client';
import { insertRules } from '../../storage/sigma/rules';
import { insertSet, loadSet, lockSets, type StoredSet, updateSet } from '../../storage/sigma/sets';
import { insertVersion, loadVersion } from '../../storage/sigma/setVersions';
import { activeDigest } from './activeRules';
import { createChooser } from './choice';
import { keepParsed } from './parsedRules';
import { queueSigmaRuns } from './queueRuns';
import { readSet } from './readSets';
import { refuseTaken, subjectOf } from './setsName';
import { choiceOf } from './setsView';
import { readSentFiles, splitFiles } from './takeFiles';
import { type TakenRules, takeRules } from './takeRules';

/**
 * Takes rules in as a new set, switched off: all of what can be used, or nothing. Throws `conflict` for a name that is
 * taken, and as takeRules does.
 */
export async function createSet(
  { name, note, files }: z.output<typeof createSigmaSetBody>,
  by: string,
): Promise<SigmaSetDetail> {
  return addSet({ name, note }, await takeRules(splitFiles(files)), by);
}

/** What came of rules that were taken in: `created` false where they were those of the newest version already. */
export type TakenIn = { readonly created: boolean; readonly set: SigmaSetDetail };

/**
 * Replaces the rules of a set; the versions before stay. Those of its newest version again change nothing. Throws
 * `not_found`, and as takeRules does.
 */
export async function addVersion(
  setId: number,
  { note, files }: z.output<typeof addSigmaVersionBody>,
  by: string,
): Promise<TakenIn> {
  await loadSet(setId);
  return replaceRules(setId, note, await takeRules(splitFiles(files), setId), by);
}

/** Takes rules in as they stream: a new set of that name, or a new version of `set`. Throws as those, and as readSentFiles. */
export async function uploadRules(
  { name, set, note }: z.output<typeof uploadSigmaQuery>,
  content: AsyncIterable<Uint8Array>,
  by: string,
): Promise<TakenIn> {
  const setId = set === undefined ? undefined : Number(set);
  // Before the bytes: a set that is not there costs nobody an upload.
  if (setId !== undefined) await loadSet(setId);
  const taken = await takeRules(await readSentFiles(content, name), setId);
  if (setId !== undefined) return replaceRules(setId, note, taken, by);
  return { created: true, set: await addSet({ name, note }, taken, by) };
}

async function addSet(
  { name, note }: { readonly name: string; readonly note: string },
  taken: TakenRules,
  by: string,
): Promise<SigmaSetDetail> {
  const chosen = sigmaChoice.parse({});
  const id = await transaction(async (connection) => {
    await lockSets(connection);
    await refuseTaken(connection, name, undefined);
    const setId = await insertSet(connection, { name, chosen, by });
    const set = await loadSet(setId, connection);
    const counts = await writeVersion(connection, set, { n: set.version, note, by }, taken);
    await addAudit(connection, {
      by,
      action: 'sigma.set_added',
      subject: subjectOf(setId),
      details: { name, note, ...factsOf(taken), ...counts },
    });
    return setId;
  });
  return readSet(id);
}

async function replaceRules(setId: number, note: string, taken: TakenRules, by: string): Promise<TakenIn> {
  const created = await transaction(async (connection) => {
    await lockSets(connection);
    const set = await loadSet(setId, connection);
    if (await isSame(connection, set, taken)) return false;
    const before = await activeDigest(connection);
    const n = set.version + 1;
    const counts = await writeVersion(connection, set, { n, note, by }, taken);
    await updateSet(connection, { ...set, version: n }, by);
    if ((await activeDigest(connection)) !== before) await queueSigmaRuns(connection);
    await addAudit(connection, {
      by,
      action: 'sigma.version_added',
      subject: subjectOf(setId),
      details: { name: set.name, version: n, note, ...factsOf(taken), ...counts },
    });
    return true;
  });
  return { created, set: await readSet(setId) };
}

/** Whether these are the rules of the newest version: the same texts, and the same places refused. */
async function isSame(connection: Connection, set: StoredSet, taken: TakenRules): Promise<boolean> {
  const newest = await loadVersion(set.id, set.version, connection);
  const places = (refused: TakenRules['refused']): string =>
    refused.map(({ path, line, column }) => `${path}:${line}:${column}`).join('\n');
  return newest?.sha256 === taken.sha256 && places(newest.refused) === places(taken.refused);
}

/** Writes a version of a set with the rules that were taken in, chosen as the set chooses. */
async function writeVersion(
  connection: Connection,
  set: StoredSet,
  version: { readonly n: number; readonly note: string; readonly by: string },
  taken: TakenRules,
): Promise<{ readonly chosen: number }> {
  const ids = await insertRules(connection, taken.rules);
  const held = taken.rules.flatMap(({ sha256, document }) => {
    const rule = ids.get(sha256);
    return rule === undefined ? [] : [{ rule, document }];
  });
  await keepParsed(new Map(held.map(({ rule, document }) => [rule, document])));
  const isChosen = createChooser(choiceOf(set));
  const members = held.map(({ rule, document }) => {
    const { id, kind, level, status, tags, path, line } = document;
    const logsource = document.kind === 'correlation' ? {} : document.logsource;
    return { rule, path, line, chosen: isChosen({ ruleId: id, kind, level, status, tags, logsource }) };
  });
  const { files, sha256, refused } = taken;
  await insertVersion(connection, set.id, { ...version, files, sha256, refused, rules: members });
  return { chosen: members.filter(({ chosen }) => chosen).length };
}

function factsOf({ files, rules, refused, sha256 }: TakenRules): Record<string, string | number> {
  return { files, rules: rules.length, refused: refused.length, sha256 };
}
