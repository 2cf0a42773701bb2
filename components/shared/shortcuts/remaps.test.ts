import { describe, expect, it } from 'vitest';
import {
  conflictsOf,
  hintNow,
  keysNow,
  keysOfHint,
  parseRemaps,
  refusedKey,
  shownKeys,
  withKeys,
} from './remaps';

const next = { group: 'Queue', keys: 'j', label: 'Next finding' };
const down = { group: 'Queue', keys: 'ArrowDown', label: 'Next finding' };
const fresh = { group: 'Queue', keys: 'n', label: 'Show what is new' };
const truth = { group: 'Queue', keys: 'v t', label: 'True positive' };
const lie = { group: 'Queue', keys: 'v f', label: 'False positive' };
const all = [next, down, fresh, truth, lie];

describe('keys put elsewhere', () => {
  it('move one key of one action, and leave its other keys and other screens alone', () => {
    const remaps = withKeys({}, next, 'l');
    expect(all.map((each) => keysNow(remaps, each))).toEqual(['l', 'ArrowDown', 'n', 'v t', 'v f']);
    expect(keysNow(remaps, { group: 'Alerts', keys: 'j' })).toBe('j');
  });

  it('may leave an action without a key', () => {
    expect(keysNow(withKeys({}, fresh, ''), fresh)).toBe('');
  });

  it('keep nothing of a key that is back where it was', () => {
    expect(withKeys(withKeys({}, next, 'l'), next, 'j')).toEqual({});
  });

  it('name what already has the keys, or begins with them, or is begun by them', () => {
    expect(conflictsOf({}, all, next, 'n')).toEqual([fresh]);
    expect(conflictsOf({}, all, next, 'v')).toEqual([truth, lie]);
    expect(conflictsOf({}, all, fresh, 'v t x')).toEqual([truth]);
    expect(conflictsOf({}, all, fresh, 'y')).toEqual([]);
  });

  it('see no conflict with a key that was moved away, nor with another key of the same action', () => {
    expect(conflictsOf(withKeys({}, fresh, 'y'), all, next, 'n')).toEqual([]);
    expect(conflictsOf({}, all, next, 'ArrowDown')).toEqual([]);
  });

  it('are as good as none when what was kept cannot be read', () => {
    expect(parseRemaps('{"Queue/j":"l"}')).toEqual({ 'Queue/j': 'l' });
    for (const text of [null, '', '{', '[]', '{"a":1}', '"x"']) expect(parseRemaps(text)).toEqual({});
  });

  it('never take what leaves a page or moves the focus', () => {
    expect(refusedKey('Tab')).not.toBeNull();
    expect(refusedKey('Escape')).not.toBeNull();
    expect(refusedKey('Ctrl+w')).not.toBeNull();
    expect(refusedKey('Alt+j')).toBeNull();
  });

  it('do not trip over names every object has', () => {
    expect(keysNow({}, { group: '__proto__', keys: 'constructor' })).toBe('constructor');
  });
});

describe('hints', () => {
  it('follow an action to its other keys', () => {
    expect(hintNow('n', all, withKeys({}, fresh, 'Alt+n'))).toBe('Alt n');
    expect(hintNow('v t', all, withKeys({}, truth, 'y'))).toBe('y');
  });

  it('show nothing for an action without keys', () => {
    expect(hintNow('n', all, withKeys({}, fresh, ''))).toBe('');
  });

  it('of a first key stay while all that begins with it does', () => {
    expect(hintNow('v', all, {})).toBe('v');
    const moved = withKeys(withKeys({}, truth, 'y t'), lie, 'y f');
    expect(hintNow('v', all, moved)).toBe('y');
    expect(hintNow('v', all, withKeys({}, truth, 'y t'))).toBe('');
  });

  it('of keys that nothing bound has stay as they are', () => {
    expect(hintNow('Ctrl Enter', all, {})).toBe('Ctrl Enter');
  });

  it('are read whichever way they are written', () => {
    expect(['Ctrl K', 'Ctrl+Enter', 'Esc', '↵', 'v t'].map(keysOfHint)).toEqual([
      'Ctrl+k',
      'Ctrl+Enter',
      'Escape',
      'Enter',
      'v t',
    ]);
  });

  it('are shown as keyboards print them', () => {
    expect(['ArrowDown', 'Shift+ArrowDown', 'Ctrl+k', 'v t', '+', 'Ctrl++'].map(shownKeys)).toEqual([
      '↓',
      'Shift ↓',
      'Ctrl k',
      'v t',
      '+',
      'Ctrl +',
    ]);
  });
});
