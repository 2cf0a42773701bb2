import { describe, expect, it } from 'vitest';
import { type KeptLineage, keptAfter } from './keptLineage';
import { lineageOf } from './topologies';

const view = lineageOf('a');
const more = lineageOf('a\n  b');
const error = new Error('no answer');
const NOTHING: readonly string[] = [];
const ONE: readonly string[] = ['b'];
const first = (): KeptLineage =>
  keptAfter(null, { sourceKey: 's', view, error: null, revealed: NOTHING }) ?? expect.fail();

describe('a lineage whose next read fails', () => {
  it('keeps the last good answer while more is read, and when that fails', () => {
    const kept = first();
    expect(keptAfter(kept, { sourceKey: 's', view: undefined, error: null, revealed: ONE })).toBe(kept);
    const failed = keptAfter(kept, { sourceKey: 's', view: undefined, error, revealed: ONE });
    expect(failed).toMatchObject({ view, revealed: NOTHING, failed: { error, revealed: ONE } });
    expect(keptAfter(failed, { sourceKey: 's', view: undefined, error, revealed: ONE })).toBe(failed);
  });

  it('still says what could not be revealed once it is no longer asked for', () => {
    const failed = keptAfter(first(), { sourceKey: 's', view: undefined, error, revealed: ONE });
    expect(keptAfter(failed, { sourceKey: 's', view, error: null, revealed: NOTHING })).toBe(failed);
    const good = keptAfter(failed, { sourceKey: 's', view: more, error: null, revealed: ['c'] });
    expect(good?.failed).toBeNull();
  });

  it('forgets a failure when the same read succeeds', () => {
    const failed = keptAfter(first(), { sourceKey: 's', view: undefined, error, revealed: NOTHING });
    const good = keptAfter(failed, { sourceKey: 's', view: more, error: null, revealed: NOTHING });
    expect(good).toMatchObject({ view: more, failed: null });
    const stale = keptAfter(good, { sourceKey: 's', view: more, error, revealed: NOTHING });
    expect(stale).toMatchObject({ view: more, failed: { error } });
    expect(
      keptAfter(stale, { sourceKey: 's', view: more, error: null, revealed: NOTHING })?.failed,
    ).toBeNull();
  });

  it('never stands in for another source, and has nothing to show when the first read fails', () => {
    expect(keptAfter(first(), { sourceKey: 'other', view: undefined, error, revealed: NOTHING })).toBeNull();
    expect(keptAfter(null, { sourceKey: 's', view: undefined, error, revealed: NOTHING })).toBeNull();
  });
});
