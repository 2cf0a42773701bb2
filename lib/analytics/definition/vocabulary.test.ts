import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseCatalogue } from '../catalogue';
import { knownFields } from '../predicate/fields';
import { shippedFiles } from '../testShippedFiles';
import { analyticSchema } from './analyticSchema';
import { vocabularyOf } from './vocabulary';
import { FIELD_WORDS } from './words';

const vocabulary = vocabularyOf(parseCatalogue(shippedFiles()).lists);

describe('what the editor completes', () => {
  it('says of every word what it means', () => {
    for (const part of ['fields', 'modifiers', 'relations', 'kinds'] as const)
      for (const { name, about } of vocabulary[part]) expect(about, `${part} ${name}`).not.toBe('');
    for (const [place, words] of Object.entries(vocabulary.keys))
      for (const { name, about } of words) expect(about, `${place}.${name}`).not.toBe('');
  });

  it('has words only for fields that there are, and knows all that the definitions use', () => {
    const soon = new Set([
      'process.parent.forged',
      'process.requester.name',
      'process.parent.pair_hosts',
      'process.hash.hosts',
      'process.executable.hosts',
      'destination.criteria.names',
    ]);
    const known = new Set(knownFields());
    for (const field of Object.keys(FIELD_WORDS))
      expect(known.has(field) || soon.has(field), field).toBe(true);
  });

  it('knows the keys of every place that a shipped definition has', () => {
    for (const { name, text } of shippedFiles()) {
      if (name === 'lists.yaml') continue;
      const definition = parse(text) as Record<string, unknown>;
      expectKnown('', definition);
      for (const stage of definition.stages as Record<string, unknown>[]) {
        expectKnown('stages', stage);
        expectKnown('stages.telemetry', stage.telemetry);
        for (const alternative of (stage.any ?? []) as unknown[]) expectKnown('stages.any', alternative);
      }
    }
    expect(Object.keys(analyticSchema.shape).sort()).toEqual(
      vocabulary.keys['']?.map(({ name }) => name).sort(),
    );
  });

  it('has the conditions and relations too', () => {
    expect(vocabulary.keys.when?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['stage', 'matched', 'all', 'not', 'event']),
    );
    expect(vocabulary.keys.relation?.map(({ name }) => name)).toContain('descendant_of');
    expect(vocabulary.keys['score.reasons']?.map(({ name }) => name)).toContain('points');
  });
});

function expectKnown(place: string, value: unknown): void {
  const known = vocabulary.keys[place]?.map(({ name }) => name) ?? [];
  for (const key of Object.keys(value as object)) expect(known, `${place}.${key}`).toContain(key);
}
