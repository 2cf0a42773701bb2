import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { correlateFiles } from '../cli/analyzeFiles';
import { loadCatalogue } from '../cli/loadCatalogue';
import { labelFile } from './labels';
import { type ReadRecording, replay } from './replay';
import {
  chainsOf,
  digest,
  hostsRenamed,
  jittered,
  numberOf,
  permuted,
  processesRemapped,
  shifted,
  withNoise,
} from './testTransforms';

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

const catalogue = await loadCatalogue();

/** Events above which a recording undergoes two transforms, chosen by its name, instead of all. */
const LARGE = 4000;

const TRANSFORMS: Readonly<Record<string, (read: ReadRecording) => ReadRecording>> = {
  permuted,
  'time-shifted': shifted,
  'hosts renamed': hostsRenamed,
  'pids and ids remapped': processesRemapped,
  'a second of jitter between channels': jittered,
};

/** A recording of another host and day, with nothing in it: noise. */
const QUIET = 'mordor/psh_control_panel_execution.zip';
const noise = existsSync(path.join(DATA, QUIET)) ? await readFrom(QUIET) : undefined;

async function readFrom(file: string): Promise<ReadRecording> {
  const { recording, canonical } = await correlateFiles([path.join(DATA, file)], {
    catalogue,
    format: 'auto',
    onProgress: () => undefined,
  });
  const hosts = new Map(
    [...recording.events].map(([name, events]) => [canonical.get(name) ?? name, events] as const),
  );
  return { hosts, refusals: [] };
}

describe.runIf(labelled.length > 0)('labelled public recordings', () => {
  it.each(labelled.map(({ file }) => [file] as const))(
    '%s holds the same chains however its records come in',
    { timeout: 120_000 },
    async (file) => {
      const read = await readFrom(file);
      const size = [...read.hosts.values()].reduce((sum, events) => sum + events.length, 0);
      const before = replay(read, catalogue, digest);
      const names = Object.keys(TRANSFORMS);
      const first = numberOf(file, names.length);
      const some = size > LARGE ? [names[first], names[(first + 2) % names.length]] : names;
      for (const name of some) {
        const twins = name === 'a second of jitter between channels';
        const transformed = TRANSFORMS[name ?? '']?.(read);
        if (transformed === undefined) throw new Error(`no transform ${name}`);
        expect(chainsOf(replay(transformed, catalogue, digest), { twins }), name).toEqual(
          chainsOf(before, { twins }),
        );
      }
      if (noise === undefined || size > LARGE || file === QUIET) return;
      const beside = replay(withNoise(read, noise, 'other-host.lab.example'), catalogue, digest);
      expect(chainsOf(beside), 'noise of another host beside it').toEqual(chainsOf(before));
    },
  );
});
