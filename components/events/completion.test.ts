import { describe, expect, it } from 'vitest';
import type { EventValues } from '@/lib/contracts/events';
import { suggestAt } from './completion';

const NONE: EventValues = { items: [], complete: true };
const labels = async (text: string, answer = NONE) =>
  (await suggestAt(text, text.length, async () => answer))?.options.map(({ label }) => label) ?? null;

describe('completion of a query', () => {
  it('offers fields that begin with what is typed before those that hold it', async () => {
    const found = await labels('process.na');
    expect(found?.[0]).toBe('process.name');
    expect((await labels('name'))?.includes('host.name')).toBe(true);
  });

  it('offers a joining word only where a condition stands before', async () => {
    expect(await labels('a')).not.toContain('and');
    expect(await labels('user.name:eva a')).toContain('and');
    expect(await labels('user.name:eva and a')).not.toContain('and');
  });

  it('offers kinds without asking the server, and other values by asking it', async () => {
    expect(await labels('event.kind:net')).toEqual(['network_connect']);
    const answer = { items: [{ value: 'a b "c"', count: 7 }], complete: false };
    const found = await suggestAt('process.name:a', 14, async (field, prefix) => {
      expect([field, prefix]).toEqual(['process.name', 'a']);
      return answer;
    });
    expect(found?.options[0]).toMatchObject({ apply: '"a b \\"c\\"" ', about: 'at least 7' });
    expect([found?.from, found?.to]).toEqual([13, 14]);
  });
});
