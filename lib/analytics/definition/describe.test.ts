import { describe, expect, it } from 'vitest';
import { shippedFiles } from '../testShippedFiles';
import { describeAnalytic, describeBaseline } from './describe';
import { parseLists, readAnalyticText } from './parseAnalytic';

const files = shippedFiles();
const lists = parseLists(files.find(({ name }) => name === 'lists.yaml')?.text ?? '', 'lists.yaml');
const definitions = files
  .filter(({ name }) => name !== 'lists.yaml')
  .map(({ name, text }) => readAnalyticText(text, name, lists));

describe('a definition in words', () => {
  it.each(definitions.map(({ analytic, text }) => [analytic.id, text] as const))(
    'has a sentence for all of %s',
    (_id, text) => {
      const told = describeAnalytic(text, lists);
      const sentences = [
        ...[...told.stages.values()].flat().map(({ sentence }) => sentence),
        ...told.reasons.values(),
        ...told.suppressors.values(),
        ...told.keepsPartial,
      ];
      for (const sentence of sentences) {
        expect(sentence).toMatch(/^\(?[A-Z\u201c].*\.$/s);
        expect(sentence).not.toMatch(/undefined|\[object|NaN/);
      }
      if (process.env.SHOW !== undefined) process.stdout.write(`${sentences.join('\n')}\n`);
      for (const { id, alternatives } of readStages(text.id))
        expect(told.stages.get(id)).toHaveLength(alternatives);
    },
  );

  it('says window, relation and generations', () => {
    const told = describeAnalytic(ofId('AN1397').text, lists);
    const title = ofId('AN1397').analytic.stages.find(({ anchor }) => anchor)?.title;
    expect(told.stages.get('child_process')?.at(-1)?.sentence).toMatch(
      new RegExp(
        `^A process starts whose .*; at most 10 min after \u201c${title}\u201d, by a descendant of its process \\(up to 8 generations\\)`,
      ),
    );
  });

  it('names lists with their size, and negates what a condition negates', () => {
    const condition = `
stage: lineage
where:
  a: { process.name|expand: '%browser%' }
  b: { process.args|contains: [x, 'y z'] }
  c: { process.renamed: true }
  condition: a and not (b or c)
`;
    expect(describeBaseline(condition, [{ id: 'lineage', title: 'Started by' }], lists)).toBe(
      `\u201cStarted by\u201d is matched by something whose program name is one of the ${lists.get('browser')?.length} of %browser%, and whose arguments do not contain one of x, \u201cy z\u201d, and whose file name is its original one.`,
    );
  });

  it('leaves a condition that is none as it is', () => {
    expect(describeBaseline('never: mind', [], lists)).toBe('never: mind');
  });
});

function ofId(id: string): (typeof definitions)[number] {
  const found = definitions.find(({ analytic }) => analytic.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

function readStages(id: string): readonly { readonly id: string; readonly alternatives: number }[] {
  return ofId(id).analytic.stages.map((stage) => ({ id: stage.id, alternatives: stage.alternatives.length }));
}
