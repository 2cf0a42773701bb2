import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { FindingDetail, FindingList, FindingSummary } from '@/lib/contracts/findings';

/** Keys of the queue's pages, which change only when the analyst says so. */
export const LISTS = ['findings', 'list'] as const;
/** Keys of the queue's groups. */
export const GROUPS = ['findings', 'groups'] as const;
/** Keys of the queue's first page as it is now. */
export const PULSES = ['findings', 'pulse'] as const;

/** What a write changes of a finding. */
export type FindingPatch = Partial<
  Pick<FindingSummary, 'verdict' | 'assignee' | 'revision' | 'case' | 'clock' | 'reopened'>
>;
/** The queue's pages as the cache holds them. */
export type FindingPages = { pages: FindingList[]; pageParams: unknown[] };

/** What has to be done when the server has answered a write that was shown before it did. */
export type Patched = {
  /** Shows again what was there. */
  undo: () => void;
  /** Reads again: counts, the finding itself, and every list that was stopped on its way. Rows else stay where they are. */
  settle: () => Promise<unknown>;
};

/**
 * Shows a change wherever the finding is cached, before the server has answered. Reads under way that would bring the
 * old state back are stopped, and only those: lineage, sequence and whatever else is read of the finding goes on.
 */
export async function patchFinding(client: QueryClient, id: string, patch: FindingPatch): Promise<Patched> {
  const stopped = fetching(client, LISTS);
  await Promise.all([
    client.cancelQueries({ queryKey: LISTS }),
    client.cancelQueries({ queryKey: PULSES }),
    client.cancelQueries({ queryKey: ['findings', id], exact: true }),
  ]);
  const before = cachedState(client, id, patch);
  writePatch(client, id, patch);
  return {
    undo: () => {
      if (before !== undefined) writePatch(client, id, before);
    },
    settle: () =>
      Promise.all([
        afterDecision(client, [id]),
        ...stopped.map((queryKey) => client.refetchQueries({ queryKey, exact: true, type: 'active' })),
      ]),
  };
}

/** Writes a change into every list that has the finding and into the finding itself; what is not cached stays so. */
export function writePatch(client: QueryClient, id: string, patch: FindingPatch): void {
  writePatches(client, new Map([[id, patch]]));
}

/** The same for many findings, in one walk over what is cached. */
export function writePatches(client: QueryClient, patches: ReadonlyMap<string, FindingPatch>): void {
  const inPage = (page: FindingList): FindingList =>
    page.items.some((item) => patches.has(item.id))
      ? { ...page, items: page.items.map((item) => patched(item, patches)) }
      : page;
  client.setQueriesData<FindingPages>(
    { queryKey: LISTS },
    (data) => data && { ...data, pages: data.pages.map(inPage) },
  );
  client.setQueriesData<FindingList>({ queryKey: PULSES }, (data) => data && inPage(data));
  for (const [id, patch] of patches)
    client.setQueryData<FindingDetail>(['findings', id], (data) => data && { ...data, ...patch });
}

function patched(item: FindingSummary, patches: ReadonlyMap<string, FindingPatch>): FindingSummary {
  const patch = patches.get(item.id);
  return patch === undefined ? item : { ...item, ...patch };
}

/** Reads again what a decision on these findings changes: counts, groups, cases, the findings and their history. */
export function afterDecision(client: QueryClient, ids: readonly string[]): Promise<unknown> {
  return Promise.all([
    client.invalidateQueries({ queryKey: PULSES }),
    client.invalidateQueries({ queryKey: GROUPS }),
    client.invalidateQueries({ queryKey: ['views'] }),
    client.invalidateQueries({ queryKey: ['cases'] }),
    ...ids.flatMap((id) => [
      client.invalidateQueries({ queryKey: ['findings', id], exact: true }),
      client.invalidateQueries({ queryKey: ['findings', id, 'history'] }),
    ]),
  ]);
}

/** Reads everything of findings again but the queue's pages, whose rows stay where they are. */
export function readAllButRows(client: QueryClient): Promise<unknown> {
  return client.invalidateQueries({
    predicate: ({ queryKey: [what, part] }) => what === LISTS[0] && part !== LISTS[1],
  });
}

/** Takes over into the lists what was read of a finding: a verdict given by somebody else, for instance. */
export function noteFinding(client: QueryClient, finding: Pick<FindingDetail, 'id'> & FindingPatch): void {
  const { id, verdict, assignee, revision } = finding;
  writePatch(client, id, {
    ...(verdict === undefined ? {} : { verdict }),
    ...(assignee === undefined ? {} : { assignee }),
    ...(revision === undefined ? {} : { revision }),
  });
}

function fetching(client: QueryClient, queryKey: QueryKey): QueryKey[] {
  return client
    .getQueryCache()
    .findAll({ queryKey, fetchStatus: 'fetching' })
    .map((query) => query.queryKey);
}

/** Only what is changed, and of this finding only: whatever else was written since must not go back with it. */
function cachedState(client: QueryClient, id: string, patch: FindingPatch): FindingPatch | undefined {
  const known =
    client.getQueryData<FindingDetail>(['findings', id]) ??
    client
      .getQueriesData<FindingPages>({ queryKey: LISTS })
      .flatMap(([, data]) => data?.pages ?? [])
      .concat(client.getQueriesData<FindingList>({ queryKey: PULSES }).flatMap(([, data]) => data ?? []))
      .flatMap((page) => page.items)
      .find((item) => item.id === id);
  if (known === undefined) return undefined;
  return {
    ...('verdict' in patch ? { verdict: known.verdict } : {}),
    ...('assignee' in patch ? { assignee: known.assignee } : {}),
    ...('revision' in patch ? { revision: known.revision } : {}),
  };
}
