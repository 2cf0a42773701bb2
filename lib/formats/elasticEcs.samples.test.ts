import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { comparePublished, readSamples, samplesOf, tally } from './elastic/testPublished';
import { elasticEcs } from './elasticEcs';

const FOLDER = samplesOf('sekoia-endpoint');

describe.runIf(FOLDER !== undefined)('published samples of ECS, of Sekoia', () => {
  const folder = FOLDER ?? '';

  it('reads every record', () => {
    const outcomes = readSamples(elasticEcs, readFileSync(path.join(folder, 'sekoia_endpoint_ecs.ndjson')));
    expect(tally(outcomes)).toEqual({ events: 7, ignored: 5, reasons: [] });
  });

  it('agrees with the published normalisation', () => {
    const { compared, differing } = comparePublished(elasticEcs, folder);
    expect(differing).toEqual(DELIBERATE);
    expect(compared).toBeGreaterThan(0);
  });
});

/** The user of a logon is who logged on; they write who asked for it, and ours as `user.target`. */
const DELIBERATE = ['windows_auth user.name: ours user1, theirs example.com'];
