import type { z } from 'zod';
import { AppError } from '../../base/appError';
import { canonicalJson } from '../../base/canonicalJson';
import type { changeSigmaSetBody, SigmaChoice, SigmaSetView } from '../../contracts/sigmaSets';
import { SIGMA_LEVELS, type SigmaStatus } from '../../sigma/rule';
import { addAudit } from '../../storage/audit';
import { type Connection, transaction } from '../../storage/client';
import { deleteUnheldRules, loadMembers, type MemberRow } from '../../storage/sigma/rules';
import { deleteSet, loadSet, lockSets, type StoredSet, updateSet } from '../../storage/sigma/sets';
import { chooseMembers } from '../../storage/sigma/setVersions';
import { activeDigest } from './activeRules';
import { type Choosable, createChooser } from './choice';
import { queueSigmaRuns } from './queueRuns';
import { readSetInShort } from './readSets';
import { refuseTaken, subjectOf } from './setsName';
import { choiceOf, logsourceOf } from './setsView';

/**
 * Renames a set, switches it on or off, chooses among its rules. Where other rules are in force then, they are run over
 * everything stored. Throws `not_found`, and `conflict` when the set was changed meanwhile or the name is taken.
 */
export async function changeSet(
  setId: number,
  body: z.output<typeof changeSigmaSetBody>,
  by: string,
): Promise<SigmaSetView> {
  await transaction(async (connection) => {
    await lockSets(connection);
    const set = await loadSet(setId, connection);
    if (set.revision !== body.revision)
      throw new AppError('conflict', `${set.updatedBy} changed this set meanwhile. Look at it again.`, {
        revision: set.revision,
      });
    const { name = set.name, enabled = set.enabled, chosen = choiceOf(set) } = body;
    const details = changesOf(set, { name, enabled, chosen });
    if (Object.keys(details).length === 0) return;
    if (name !== set.name) await refuseTaken(connection, name, setId);
    const before = await activeDigest(connection);
    await updateSet(connection, { ...set, name, enabled, chosen }, by);
    const counts = await chooseAgain(connection, set, chosen);
    if ((await activeDigest(connection)) !== before) await queueSigmaRuns(connection);
    await addAudit(connection, {
      by,
      action: 'sigma.set_changed',
      subject: subjectOf(setId),
      details: { ...details, name, ...counts },
    });
  });
  return readSetInShort(setId);
}

/** Forgets a set. What its rules found goes when the rules are run again. Throws `not_found`. */
export async function removeSet(setId: number, by: string): Promise<{ done: true }> {
  await transaction(async (connection) => {
    await lockSets(connection);
    const set = await loadSet(setId, connection);
    const before = await activeDigest(connection);
    await deleteSet(connection, setId);
    if ((await activeDigest(connection)) !== before) await queueSigmaRuns(connection);
    await deleteUnheldRules(connection);
    await addAudit(connection, {
      by,
      action: 'sigma.set_removed',
      subject: subjectOf(setId),
      details: { name: set.name, version: set.version, enabled: set.enabled },
    });
  });
  return { done: true };
}

/** Applies a choice to the newest version; how many rules it took in before and takes in now. */
async function chooseAgain(
  connection: Connection,
  set: StoredSet,
  choice: SigmaChoice,
): Promise<{ readonly chosen: number; readonly chosenBefore: number }> {
  const isChosen = createChooser(choice);
  const members = await loadMembers(set.id, connection);
  const chosen = new Set(members.filter((member) => isChosen(choosable(member))).map(({ id }) => id));
  await chooseMembers(connection, set.id, set.version, chosen);
  return { chosen: chosen.size, chosenBefore: members.filter((member) => member.chosen).length };
}

function choosable(member: MemberRow): Choosable {
  const { ruleId, kind, level, status, tags } = member;
  return {
    ...{ ruleId, kind, tags },
    level: SIGMA_LEVELS[level] ?? 'medium',
    status: status as SigmaStatus,
    logsource: logsourceOf(member),
  };
}

type Changeable = { readonly name: string; readonly enabled: boolean; readonly chosen: SigmaChoice };

/** What a change changes, before and after; lists of rules by their length, other lists by what is in them. */
function changesOf(set: StoredSet, after: Changeable): Record<string, string | boolean> {
  const before = { name: set.name, enabled: set.enabled, ...choiceOf(set) };
  const { chosen, ...rest } = after;
  const changed = Object.entries({ ...rest, ...chosen }).filter(
    ([key, value]) => canonicalJson(value) !== canonicalJson(before[key as keyof typeof before]),
  );
  return Object.fromEntries(
    changed.flatMap(([key, value]) => [
      [key, toFact(key, value)],
      [`${key}Before`, toFact(key, before[key as keyof typeof before])],
    ]),
  );
}

const FACT_MAX = 500;

function toFact(key: string, value: string | boolean | readonly string[]): string | boolean {
  if (typeof value !== 'object') return value;
  if (key === 'excluded' || key === 'included') return `${value.length} rules`;
  return value.length === 0 ? 'all' : value.join(', ').slice(0, FACT_MAX);
}
