import { describe, expect, it } from 'vitest';
import type { SeenFinding } from '@/lib/contracts/reviews';
import { agreementText, concernsOf, waitText } from './reviewWords';

const finding = (part: Partial<SeenFinding>): SeenFinding =>
  ({ unopened: [], since: [], verdicts: [], ...part }) as unknown as SeenFinding;

describe('words about a review', () => {
  it('say a share with its interval', () =>
    expect(agreementText({ share: 0.916, low: 0.81, high: 0.97 })).toBe('92 % (81 to 97)'));

  it('say a wait in the unit one thinks of it in', () =>
    expect([30, 600, 7200, 200_000].map(waitText)).toEqual(['30 s', '10 min', '2 h', '2 days']));

  it('name what stands out, and nothing when nothing does', () => {
    expect(concernsOf({ findings: [finding({})], alerts: [], tasksOpen: 0 })).toEqual([]);
    const blind = { value: 'false_positive', blindStages: ['callback'] };
    expect(
      concernsOf({
        findings: [
          finding({
            unopened: [{ eventId: 'e', stage: 's', text: 't' }],
            since: ['x'],
            verdicts: [blind as never],
          }),
        ],
        alerts: [{ changed: true }, { changed: false }] as never,
        tasksOpen: 2,
      }),
    ).toEqual([
      '1 event of its stages nobody opened',
      '1 verdict given while a required stage was blind',
      '1 finding changed since',
      '1 alert changed since',
      '2 tasks open when it was submitted',
    ]);
  });

  it('does not count a verdict that was taken back', () => {
    const taken = { value: null, blindStages: ['callback'] };
    expect(
      concernsOf({ findings: [finding({ verdicts: [taken as never] })], alerts: [], tasksOpen: 0 }),
    ).toEqual([]);
  });
});
