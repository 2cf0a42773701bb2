import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Catalogue, parseCatalogue } from '../../analytics/catalogue';
import { coverageStages } from './coverageStages';

const FOLDER = path.resolve(import.meta.dirname, '../../analytics/catalogue');
let catalogue: Catalogue;
beforeAll(async () => {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.yaml'));
  catalogue = parseCatalogue(
    await Promise.all(
      names.map(async (name) => ({ name, text: await readFile(path.join(FOLDER, name), 'utf8') })),
    ),
  );
});

describe('the stages of the definitions in force', () => {
  it('come by analytic, in the order of the story, with what each needs', () => {
    const stages = coverageStages(catalogue);
    const analytics = [...new Set(stages.map(({ analytic }) => analytic))];
    expect(analytics).toEqual(catalogue.analytics.map(({ id }) => id));
    expect(stages).toHaveLength(catalogue.analytics.reduce((sum, { stages: own }) => sum + own.length, 0));
    for (const id of analytics)
      expect(coverageStages(catalogue, id)).toEqual(stages.filter(({ analytic }) => analytic === id));
    expect(coverageStages(catalogue, 'none')).toEqual([]);
  });

  it('weigh what seeing them can give, and no more than a whole score of reasons', () => {
    const weights = new Map(coverageStages(catalogue).map(({ stage, weight }) => [stage, weight]));
    for (const [stage, weight] of weights) {
      expect(Number.isInteger(weight), stage).toBe(true);
      expect(weight, stage).toBeGreaterThanOrEqual(0);
      expect(weight, stage).toBeLessThanOrEqual(100);
    }
    for (const { id, stages } of catalogue.analytics)
      for (const stage of stages)
        if (stage.required) expect(weights.get(`${id}/${stage.id}`), `${id}/${stage.id}`).toBeGreaterThan(0);
  });
});
