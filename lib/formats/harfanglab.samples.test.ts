import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { comparePublished, readSamples, samplesOf, tally } from './elastic/testPublished';
import { harfanglab } from './harfanglab';

const FOLDER = samplesOf('harfanglab');

describe.runIf(FOLDER !== undefined)('published samples of HarfangLab', () => {
  const folder = FOLDER ?? '';

  it('reads every record', () => {
    const outcomes = readSamples(harfanglab, readFileSync(path.join(folder, 'hurukai.ndjson')));
    expect(tally(outcomes)).toEqual({ events: 28, ignored: 19, reasons: [] });
  });

  it('agrees with the published normalisation', () => {
    const { compared, differing } = comparePublished(harfanglab, folder);
    expect(differing).toEqual([]);
    expect(compared).toBeGreaterThan(0);
  });
});
