import { describe, expect, it } from 'vitest';
import { isCharacterShortcut, keyName, NO_KEYS, pressKey, shiftedKeyName } from './keySequence';

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

const BOUND = ['j', 'v t', 'v f', 'Enter', 't'];

/** Presses the keys 100 ms apart, or with the pauses given. */
function press(keys: string[], pauses: number[] = []) {
  let state = NO_KEYS;
  let now = 0;
  return keys.map((key, place) => {
    now += pauses[place] ?? 100;
    const step = pressKey(state, key, now, BOUND);
    state = step.state;
    return step.completed ?? (step.pending ? '…' : null);
  });
}

describe('key sequences', () => {
  it('run a single key at once', () => expect(press(['j', 'j'])).toEqual(['j', 'j']));

  it('wait for the second key of a verdict', () => expect(press(['v', 'f'])).toEqual(['…', 'v f']));

  it('prefer the sequence over the single key that ends it', () =>
    expect(press(['v', 't'])).toEqual(['…', 'v t']));

  it('forget a begun sequence after a pause', () => expect(press(['v', 't'], [0, 3000])).toEqual(['…', 't']));

  it('let a key that continues nothing begin anew', () => expect(press(['v', 'j'])).toEqual(['…', 'j']));

  it('are abandoned with Escape', () => expect(press(['v', 'Escape', 'f'])).toEqual(['…', null, null]));

  it('begin again when the first key is pressed twice', () =>
    expect(press(['v', 'v', 'f'])).toEqual(['…', '…', 'v f']));

  it('name keys with their modifiers, Meta as Ctrl', () => {
    expect(keyName({ ...plain, key: 'K', code: 'KeyK', metaKey: true })).toBe('Ctrl+k');
    expect(keyName({ ...plain, key: '?', code: 'Slash', shiftKey: true })).toBe('?');
    expect(keyName({ ...plain, key: ' ', code: 'Space' })).toBe('Space');
  });

  it('tell Shift apart only where it writes no other character', () => {
    expect(shiftedKeyName({ ...plain, key: 'ArrowDown', code: 'ArrowDown', shiftKey: true })).toBe(
      'Shift+ArrowDown',
    );
    expect(shiftedKeyName({ ...plain, key: 'J', code: 'KeyJ', shiftKey: true })).toBeNull();
    expect(shiftedKeyName({ ...plain, key: 'ArrowDown', code: 'ArrowDown' })).toBeNull();
  });

  it('count by what is printed, or by place where the analyst wants that', () => {
    // AZERTY writes "a" where a US keyboard has "q".
    const azerty = { ...plain, key: 'a', code: 'KeyQ' };
    expect(keyName(azerty)).toBe('a');
    expect(keyName(azerty, true)).toBe('q');
    expect(keyName({ ...plain, key: ':', code: 'Period' }, true)).toBe('.');
    expect(keyName({ ...plain, key: '?', code: 'KeyM', shiftKey: true }, true)).toBe('M');
  });

  it('count by place where a key writes no Latin character, and with Alt', () => {
    expect(keyName({ ...plain, key: '\u043e', code: 'KeyJ' })).toBe('j');
    expect(keyName({ ...plain, key: '\u2206', code: 'KeyJ', altKey: true })).toBe('Alt+j');
  });

  it('know which ones must be possible to switch off', () => {
    expect(['v t', 'j', 'Enter', 'Ctrl+k'].map(isCharacterShortcut)).toEqual([true, true, false, false]);
  });
});
