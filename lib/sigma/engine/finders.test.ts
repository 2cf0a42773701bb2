import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAutomaton } from './automaton';
import { charClasses, foldText } from './charClasses';
import { createEdges } from './edges';

const text = (minLength: number, maxLength: number, letters: string) =>
  fc.array(fc.constantFrom(...letters), { minLength, maxLength }).map((list) => list.join(''));

describe('texts are found in one walk over a value', () => {
  it('also those that stand within or at the end of others', () => {
    const texts = ['he', 'she', 'his', 'hers', 'e', 'ushers!'];
    const found = new Set<string>();
    createAutomaton(texts, charClasses(texts)).find('USHERS', (number) => found.add(texts[number] ?? ''));
    expect([...found].sort()).toEqual(['e', 'he', 'hers', 'she']);
  });

  it('for any texts and values, at the place asked for, just those that are there', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(text(1, 6, 'ab\\'), { minLength: 1, maxLength: 12 }),
        text(0, 20, 'abAB\\x'),
        (texts, value) => {
          const classes = charClasses(texts);
          const folded = foldText(value);
          const places = [
            [createAutomaton(texts, classes), (one: string) => folded.includes(one)],
            [createEdges(texts, 'startswith', classes), (one: string) => folded.startsWith(one)],
            [createEdges(texts, 'endswith', classes), (one: string) => folded.endsWith(one)],
            [createEdges(texts, 'equals', classes), (one: string) => folded === one],
          ] as const;
          for (const [finder, isThere] of places) {
            const found = new Set<string>();
            finder.find(value, (number) => found.add(texts[number] ?? ''));
            expect([...found].sort()).toEqual(texts.filter(isThere).sort());
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('beyond ASCII none is missed; one too many is no harm', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(text(1, 4, 'aßéς中\u{1f600}').map(foldText), { minLength: 1, maxLength: 8 }),
        text(0, 12, 'aAßÉΣς中İſ'),
        (texts, value) => {
          const finder = createAutomaton(texts, charClasses(texts));
          const found = new Set<number>();
          finder.find(value, (number) => found.add(number));
          texts.forEach((one, number) => {
            if (foldText(value).includes(one)) expect(found).toContain(finder.sameAs[number]);
          });
        },
      ),
      { numRuns: 1000 },
    );
  });
});
