import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { cortexXdr } from './cortexXdr';
import { comparePublished, readSamples, samplesOf, tally } from './elastic/testPublished';

const FOLDER = samplesOf('cortex-xdr');

describe.runIf(FOLDER !== undefined)('published samples of Cortex XDR', () => {
  const folder = FOLDER ?? '';

  it('reads every record', () => {
    const outcomes = readSamples(cortexXdr, readFileSync(path.join(folder, 'cortex_xdr.ndjson')));
    expect(tally(outcomes)).toEqual({ events: 3, ignored: 1, reasons: REASONS });
  });

  it('agrees with the published normalisation', () => {
    const { compared, differing } = comparePublished(cortexXdr, folder);
    expect(differing).toEqual(DELIBERATE);
    expect(compared).toBeGreaterThan(0);
  });
});

/** The published connector takes the events of an alert out of it and leaves the machine behind. */
const REASONS = [
  'Cortex XDR FILE 6: no host name and no device id',
  'Cortex XDR REGISTRY 4: no host name and no device id',
];

/** An alert is put at the time of its event; they put it at the time of its detection. */
const DELIBERATE = ['combined_alert recorded: ours 1706248036508000, theirs 2024-01-25T14:04:21.294000Z'];
