import type { z } from 'zod';
import type { SigmaSetDetail, SigmaSetView, sigmaSetList } from '../../contracts/sigmaSets';
import { SIGMA_LEVELS } from '../../sigma/rule';
import { logsourceText } from '../../sigma/sources/logsource';
import { loadMembers, type MemberRow } from '../../storage/sigma/rules';
import { countMembers, countRefused, listSets, loadSet } from '../../storage/sigma/sets';
import { countVersionChanges, listVersions, loadVersion } from '../../storage/sigma/setVersions';
import { logsourceOf, toSetView } from './setsView';

/** All sets, by name. */
export async function readSets(): Promise<z.input<typeof sigmaSetList>> {
  const [sets, members, refused] = await Promise.all([listSets(), countMembers(), countRefused()]);
  return { items: sets.map((set) => toSetView(set, members, refused)) };
}

/** A set in short. Throws `not_found`. */
export async function readSetInShort(id: number): Promise<SigmaSetView> {
  const [set, members, refused] = await Promise.all([loadSet(id), countMembers(id), countRefused(id)]);
  return toSetView(set, members, refused);
}

/** A set with its versions, what was refused and what there is to choose among. Throws `not_found`. */
export async function readSet(id: number): Promise<SigmaSetDetail> {
  const set = await loadSet(id);
  const [short, versions, changes, newest, members] = await Promise.all([
    readSetInShort(id),
    listVersions(id),
    countVersionChanges(id),
    loadVersion(id, set.version),
    loadMembers(id),
  ]);
  const since = new Map(changes.map(({ n, ...counts }) => [n, counts]));
  return {
    ...short,
    refused: [...(newest?.refused ?? [])],
    versions: versions.map(({ at, ...version }) => ({
      ...version,
      at: at.toISOString(),
      since: since.get(version.n) ?? null,
    })),
    facets: facetsOf(members),
  };
}

/** How many rules there are of each level, status, tag and log source; a rule with a tag twice counts once. */
function facetsOf(members: readonly MemberRow[]): SigmaSetDetail['facets'] {
  return {
    levels: tally(members, ({ level }) => [SIGMA_LEVELS[level] ?? 'medium']),
    statuses: tally(members, ({ status }) => [status]),
    tags: tally(members, ({ tags }) => tags),
    logsources: tally(members, (rule) =>
      rule.kind === 'correlation' ? [] : [logsourceText(logsourceOf(rule))],
    ),
  };
}

function tally(
  members: readonly MemberRow[],
  valuesOf: (rule: MemberRow) => readonly string[],
): Record<string, number> {
  const counts = new Map<string, number>();
  for (const rule of members)
    for (const value of new Set(valuesOf(rule))) counts.set(value, (counts.get(value) ?? 0) + 1);
  // Of a Map, so that a tag called `__proto__` is one among others.
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
