import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { describe, expect, it, vi } from 'vitest';
import type { FindingDetail } from '@/lib/contracts/findings';
import { type FindingPages, LISTS, PULSES, patchFinding, readAllButRows, writePatch } from './findingCache';

const row = (id: string) => ({ id, verdict: null, assignee: null, revision: 1 });
const pages = (...ids: string[]) =>
  ({ pages: [{ items: ids.map(row) }], pageParams: [null] }) as unknown as FindingPages;
const client = () => new QueryClient({ defaultOptions: { queries: { retry: false } } });

/** A read that ends when it is told to, as one over a slow network does. */
function slowly<T>(answer: T) {
  let end = () => {};
  const queryFn = vi.fn(
    ({ signal }: { signal: AbortSignal }) =>
      new Promise<T>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        end = () => resolve(answer);
      }),
  );
  return { queryFn, end: () => end() };
}

describe('a change shown before the server has answered', () => {
  it('leaves lineage and sequence that are being read alone', async () => {
    const cache = client();
    const lineage = slowly('drawn');
    const read = cache.fetchQuery({ queryKey: ['findings', 'a', 'lineage'], queryFn: lineage.queryFn });
    await patchFinding(cache, 'a', { assignee: 'me' });
    lineage.end();
    await expect(read).resolves.toBe('drawn');
  });

  it('starts a list it stopped once more when the server has answered', async () => {
    const cache = client();
    const list = slowly(pages('a'));
    const queryKey = [...LISTS, {}];
    const stop = new QueryObserver(cache, { queryKey, queryFn: list.queryFn }).subscribe(() => {});
    const { settle } = await patchFinding(cache, 'a', { assignee: 'me' });
    expect(cache.getQueryState(queryKey)).toMatchObject({ status: 'pending', fetchStatus: 'idle' });
    const settled = settle();
    list.end();
    await settled;
    expect(cache.getQueryState(queryKey)?.status).toBe('success');
    expect(list.queryFn).toHaveBeenCalledTimes(2);
    stop();
  });

  it('goes back for this finding only: what became of others since stays', async () => {
    const cache = client();
    cache.setQueryData([...LISTS, {}], pages('a', 'b'));
    cache.setQueryData(['findings', 'a'], row('a') as unknown as FindingDetail);
    const { undo } = await patchFinding(cache, 'a', { assignee: 'me' });
    expect(cache.getQueryData(['findings', 'a'])).toMatchObject({ assignee: 'me' });
    writePatch(cache, 'b', { assignee: 'somebody' });
    undo();
    const items = cache.getQueryData<FindingPages>([...LISTS, {}])?.pages[0]?.items;
    expect(items?.map((item) => item.assignee)).toEqual([null, 'somebody']);
    expect(cache.getQueryData(['findings', 'a'])).toMatchObject({ assignee: null });
  });
});

describe('reading again after a change to much', () => {
  it('leaves the rows of the queue where they are', async () => {
    const cache = client();
    cache.setQueryData([...LISTS, {}], pages('a'));
    cache.setQueryData([...PULSES, {}], pages('a').pages[0]);
    cache.setQueryData(['findings', 'a'], row('a'));
    await readAllButRows(cache);
    const behind = (queryKey: unknown[]) => cache.getQueryState(queryKey)?.isInvalidated;
    expect(behind([...LISTS, {}])).toBe(false);
    expect(behind([...PULSES, {}])).toBe(true);
    expect(behind(['findings', 'a'])).toBe(true);
  });
});
