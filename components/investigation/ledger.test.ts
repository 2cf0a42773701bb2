import { describe, expect, it } from 'vitest';
import type { ReasonView } from '@/lib/contracts/findings';
import { ledgerGroups, sumOfReasons } from './ledger';

const reason = (id: string, points: number, more: Partial<ReasonView> = {}): ReasonView => ({
  id,
  effect: 'raises',
  points,
  text: id,
  stage: null,
  eventId: null,
  group: { id: 'content', take: 'sum', cap: 30 },
  counted: true,
  worth: null,
  why: null,
  baseline: null,
  note: null,
  ...more,
});

describe('the ledger of a score', () => {
  it('adds what counts and takes off what lowers; what does not count adds nothing', () => {
    const lowers = reason('B', 15, { effect: 'lowers' });
    expect(sumOfReasons([reason('X', 20), reason('Y', 10), lowers, reason('Z', 8, { counted: false })])).toBe(
      15,
    );
  });

  it('keeps the definition\u2019s order of groups, with what counts first in each', () => {
    const highest = { id: 'child', take: 'highest', cap: null } as const;
    const groups = ledgerGroups([
      reason('X', 20),
      reason('F3', 8, { group: highest, counted: false }),
      reason('F1', 20, { group: highest }),
    ]);
    expect(groups.map(({ id }) => id)).toEqual(['content', 'child']);
    expect(groups[1]?.reasons.map(({ id }) => id)).toEqual(['F1', 'F3']);
  });

  it('says the cap of Sigma\u2019s rules in words, as that of any group, where it cut something', () => {
    const sigma = { id: 'sigma', take: 'sum', cap: 20 } as const;
    const [group] = ledgerGroups([
      reason('sigma:1', 12, { group: sigma }),
      reason('sigma:2', 8, { group: sigma, worth: 12 }),
      reason('sigma:3', 8, { group: sigma, counted: false }),
    ]);
    expect(group).toMatchObject({ id: 'sigma', words: 'together at most 20' });
  });

  it('says a group\u2019s cap only where it changed the sum', () => {
    expect(ledgerGroups([reason('X', 20)])[0]?.words).toBeNull();
    expect(ledgerGroups([reason('X', 20), reason('Y', 10, { worth: 20 })])[0]?.words).toBe(
      'together at most 30',
    );
  });
});
