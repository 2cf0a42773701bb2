import { describe, expect, it } from 'vitest';
import { NOT_PLAYING, type Play, playReducer } from './playChain';

const steps = ['a', 'b', 'c'];
const press = (play: Play, selected: string | null, reduced = false) =>
  playReducer(play, { type: 'press', steps, selected, reduced });
const tick = (play: Play, now: readonly string[] = steps) => playReducer(play, { type: 'tick', steps: now });

describe('play', () => {
  it('goes from the first to the last by itself and stops there', () => {
    const first = press(NOT_PLAYING, null);
    expect(first).toMatchObject({ status: 'playing', at: 'a' });
    const second = tick(first);
    expect(second).toMatchObject({ status: 'playing', at: 'b' });
    const last = tick(second);
    expect(last).toMatchObject({ status: 'stopped', at: 'c' });
    expect(tick(last)).toBe(last);
  });

  it('begins after what is selected, and again from the first at the end or from elsewhere', () => {
    expect(press(NOT_PLAYING, 'a')).toMatchObject({ at: 'b' });
    expect(press(NOT_PLAYING, 'c')).toMatchObject({ at: 'a' });
    expect(press(NOT_PLAYING, 'noise')).toMatchObject({ at: 'a' });
  });

  it('pauses on a second press and goes on from there on a third', () => {
    const paused = press(press(NOT_PLAYING, null), 'a');
    expect(paused).toMatchObject({ status: 'paused', at: 'a' });
    expect(tick(paused)).toBe(paused);
    expect(press(paused, 'a')).toMatchObject({ status: 'playing', at: 'b' });
  });

  it('with reduced motion makes one step per press and never runs', () => {
    const one = press(NOT_PLAYING, null, true);
    expect(one).toMatchObject({ status: 'paused', at: 'a' });
    const two = press(one, 'a', true);
    expect(two).toMatchObject({ status: 'paused', at: 'b' });
    const three = press(two, 'b', true);
    expect(three).toMatchObject({ status: 'stopped', at: 'c' });
    expect(press(three, 'c', true)).toMatchObject({ at: 'a' });
  });

  it('pauses when the reader chooses something else, not when its own choice comes back', () => {
    const playing = press(NOT_PLAYING, null);
    expect(playReducer(playing, { type: 'chosen', eventId: 'a' })).toBe(playing);
    expect(playReducer(playing, { type: 'chosen', eventId: 'x' })).toMatchObject({ status: 'paused' });
  });

  it('survives steps that change under it or are none', () => {
    const playing = press(NOT_PLAYING, null);
    expect(tick(playing, ['a', 'new', 'b'])).toMatchObject({ at: 'new' });
    expect(tick(playing, ['x', 'y'])).toMatchObject({ at: 'x' });
    expect(playReducer(NOT_PLAYING, { type: 'press', steps: [], selected: null, reduced: false })).toEqual(
      NOT_PLAYING,
    );
  });
});
