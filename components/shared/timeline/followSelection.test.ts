import { describe, expect, it } from 'vitest';
import { beginFollowing, followSelection, windowToFollow } from './followSelection';

const whole = { from: 0, to: 1_000_000 };
const shown = { from: 100_000, to: 300_000 };
const follow = (...parts: Parameters<typeof followSelection>) =>
  windowToFollow(followSelection(...parts), 600_000, shown, whole);

describe('a selection made elsewhere', () => {
  const start = beginFollowing('a', shown, true);

  it('moves the window to where it lies, at the same zoom', () => {
    expect(follow(start, 'b', shown)).toEqual({ from: 500_000, to: 700_000 });
  });

  it('moves nothing when it is in sight', () => {
    const next = followSelection(start, 'b', shown);
    expect(windowToFollow(next, 200_000, shown, whole)).toBeUndefined();
  });

  it('does not catch up with a reader who moved on while its time was not known', () => {
    const next = followSelection(start, 'b', shown);
    const moved = { from: 200_000, to: 400_000 };
    expect(windowToFollow(next, 600_000, moved, whole)).toBeUndefined();
  });

  it('is followed again after one that was made here', () => {
    const own = followSelection({ ...start, own: 'b' }, 'b', shown);
    expect(own.own).toBeNull();
    expect(follow(own, 'a', shown)).toBeDefined();
  });
});

describe('a selection made in the timeline', () => {
  it('moves nothing by itself', () => {
    expect(follow({ ...beginFollowing('a', shown, true), own: 'b' }, 'b', shown)).toBeUndefined();
  });
});

describe('a link', () => {
  it('that names a window is shown as it is, even when its selection is known later', () => {
    expect(windowToFollow(beginFollowing('a', shown, true), 600_000, shown, whole)).toBeUndefined();
    const late = followSelection(beginFollowing(null, shown, true), 'a', shown);
    expect(windowToFollow(late, 600_000, shown, whole)).toBeUndefined();
    expect(follow(late, 'b', shown)).toBeDefined();
  });

  it('that names none shows what it selects', () => {
    expect(windowToFollow(beginFollowing('a', shown, false), 600_000, shown, whole)).toBeDefined();
    expect(follow(beginFollowing(null, shown, false), 'a', shown)).toBeDefined();
  });
});
