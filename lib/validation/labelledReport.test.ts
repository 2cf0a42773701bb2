import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalogue } from '../cli/loadCatalogue';
import { takeRecords } from '../containers/takeRecords';
import { kindsNeeded } from '../correlate/kindsNeeded';
import { createAblationTally, DEFECT } from './ablation';
import { casesOf } from './cases';
import { expectationsOf } from './compare';
import { DEVIATIONS, explained } from './deviations';
import { labelFile } from './labels';
import { createRecordingCollector } from './recording';
import { replay } from './replay';
import { sourcePart, TELEMETRY_PARTS, withoutPart } from './telemetryParts';
import { digest } from './testTransforms';

/** Public attack recordings, if they lie beside the project; they are never part of it. */
const DATA = path.join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
const LABELS = path.join(DATA, 'LABELS.json');
const labelled = existsSync(LABELS)
  ? labelFile
      .parse(JSON.parse(readFileSync(LABELS, 'utf8')))
      .datasets.filter(({ file }) => existsSync(path.join(DATA, file)))
  : [];
if (labelled.length === 0)
  process.stdout.write('skipped labelled recordings: no folder ../shared/data beside the project\n');

/** What is blind when no connection is recorded. */
const NETWORK_STAGES = ['AN1314/egress', 'AN1397/network', 'AN1407/callback'];
/** Events above which a recording is replayed without network and command lines only. */
const LARGE = 4000;

const catalogue = await loadCatalogue();

describe.runIf(labelled.length > 0)('the report of the public recordings', () => {
  it.each(labelled.map((label) => [label.file, label] as const))(
    'holds every labelled case of %s with its outcome, and nothing is found by seeing less',
    { timeout: 300_000 },
    async (file, label) => {
      const collector = createRecordingCollector(digest, new Set(kindsNeeded(catalogue)));
      await takeRecords(
        path.join(DATA, file),
        { name: file },
        { take: collector.take, passwordHint: 'unpack it first' },
      );
      const read = collector.recording();
      const whole = replay(read, catalogue, digest);
      const facts = {
        recording: file,
        sha256: digest(file),
        origin: 'uploaded' as const,
        sources: read.sources,
      };
      const cases = casesOf(facts, label, whole, catalogue, digest);
      expect(cases.map(({ analytic, expected }) => [analytic, expected])).toEqual(
        expectationsOf(label).map(({ analytic, verdict }) => [analytic, verdict]),
      );
      for (const one of cases) {
        const known = explained(DEVIATIONS, file, one);
        if (known === undefined) expect(one.differences).toEqual([]);
      }
      const size = [...read.hosts.values()].reduce((sum, events) => sum + events.length, 0);
      const parts = TELEMETRY_PARTS.filter(
        ({ without }) => size <= LARGE || ['network events', 'command lines'].includes(without),
      );
      for (const part of [...(size <= LARGE ? read.sources.map(sourcePart) : []), ...parts]) {
        const left = withoutPart(read, part);
        if (left === undefined) continue;
        const without = replay(left, catalogue, digest);
        const tally = createAblationTally(part.without);
        tally.add({ recording: file, label, whole, without });
        expect(
          tally.row().examples.filter((one) => one.includes(DEFECT)),
          part.without,
        ).toEqual([]);
        if (part.without !== 'network events') continue;
        for (const { host, stage, state } of whole.coverage) {
          const had = read.hosts.get(host)?.some(({ kind }) => kind === 'network_connect') === true;
          const now = without.coverage.find((one) => one.host === host && one.stage === stage)?.state;
          if (!had) expect(now, `${host} ${stage}`).toBe(state);
          else if (NETWORK_STAGES.includes(stage)) expect(now, `${host} ${stage}`).toBe('blind');
          else if (now === 'blind') expect(state, `${host} ${stage}`).toBe('blind');
        }
      }
    },
  );
});
