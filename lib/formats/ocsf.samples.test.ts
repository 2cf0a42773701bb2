import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { comparePublished, readSamples, samplesOf, tally } from './elastic/testPublished';
import { ocsf } from './ocsf';

const FOLDER = samplesOf('ocsf');

describe.runIf(FOLDER !== undefined)('published samples of OCSF', () => {
  const folder = FOLDER ?? '';

  it('reads every record', () => {
    const outcomes = readSamples(ocsf, readFileSync(path.join(folder, 'ocsf_intake.ndjson')));
    expect(tally(outcomes)).toEqual({ events: 2, ignored: 26, reasons: [] });
  });

  it('agrees with the published normalisation', () => {
    const { compared, differing } = comparePublished(ocsf, folder);
    expect(differing).toEqual(DELIBERATE);
    expect(compared).toBeGreaterThan(0);
  });
});

/** The user of a logon is who logged on; they write the service that logged it, and ours as `user.target`. */
const DELIBERATE = [
  'test_authentication_2 user.name: ours SYSTEM, theirs WIN-DC-725$',
  'test_authentication_2 user.domain: ours NT AUTHORITY, theirs ATTACKRANGE',
];
