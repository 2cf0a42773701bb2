import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completionAt } from './complete';

/** The place is the bar. */
function at(marked: string) {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { from, to, ...found } = completionAt(text, offset);
  return { ...found, replaces: text.slice(from, to) };
}

describe('at a place of a query', () => {
  it('a field’s name is completed, also in the middle of one', () => {
    expect(at('|')).toEqual({ what: 'field', prefix: '', replaces: '' });
    expect(at('a and pro|')).toEqual({ what: 'field', prefix: 'pro', replaces: 'pro' });
    expect(at('(proc|ess.name:x)')).toEqual({ what: 'field', prefix: 'proc', replaces: 'process.name' });
    expect(at('a and not |')).toEqual({ what: 'field', prefix: '', replaces: '' });
  });

  it('a value is completed for its field, in quotes, in lists and in broken queries', () => {
    const value = { what: 'value', field: 'user.name' };
    expect(at('user.name:|')).toEqual({ ...value, prefix: '', replaces: '' });
    expect(at('user.name: an|na')).toEqual({ ...value, prefix: 'an', replaces: 'anna' });
    expect(at(') or user.name:"an|')).toEqual({ ...value, prefix: 'an', replaces: '"an' });
    expect(at('user.name:"an|na" and file.path:"x"')).toEqual({ ...value, prefix: 'an', replaces: '"anna"' });
    expect(at('user.name:(anna or b|')).toEqual({ ...value, prefix: 'b', replaces: 'b' });
    expect(at('user.name:(|')).toEqual({ ...value, prefix: '', replaces: '' });
    expect(at('user.name:(anna or |)')).toEqual({ ...value, prefix: '', replaces: '' });
    expect(at('user:|')).toMatchObject({ what: 'value', field: 'user' });
    expect(at('nothing:|')).toMatchObject({ what: 'none' });
  });

  it('an operator is next when a condition is whole', () => {
    expect(at('user.name:anna |')).toMatchObject({ what: 'operator' });
    expect(at('(a or b)|')).toMatchObject({ what: 'operator' });
    expect(at('a and "x y|"')).toMatchObject({ what: 'none' });
  });

  it('there is an answer for any text and place', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'port', ':', '"', '(', ')', ' ', '\\', '*', 'or') }),
        fc.integer(),
        (text, offset) => {
          const { from, to } = completionAt(text, offset);
          expect(from).toBeGreaterThanOrEqual(0);
          expect(to).toBeGreaterThanOrEqual(from);
          expect(to).toBeLessThanOrEqual(text.length);
        },
      ),
    );
  });
});
