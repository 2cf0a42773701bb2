import { loadCatalogue } from '../lib/cli/loadCatalogue';
import { correlateHost } from '../lib/correlate/correlate';
import { nodeDigest } from '../lib/workflows/nodeDigest';
import { HOSTILE_SHAPES, type HostileShape } from './hostileShapes';
import { answer } from './measurement';
import { measured } from './usage';

export type HostileTask = {
  /** Share of each shape's own size, for a quick look; 1 for the goals. */
  readonly scale: number;
};

/** One shape at its size and at twice of it. */
export type HostileMeasure = {
  readonly name: string;
  readonly n: number;
  readonly events: number;
  readonly findings: number;
  readonly cpuSeconds: number;
  readonly cpuSecondsTwice: number;
  /** Cost at twice the size, in times of the cost at the size itself; two is linear. */
  readonly growth: number;
};
export type HostileAnswer = { readonly shapes: readonly HostileMeasure[] };

/** Below this a measurement is noise; short shapes are repeated until they have taken so long. */
const WORTH_MEASURING = 0.5;

/** What correlation costs on recordings made to be slow, and how that grows. */
await answer(async ({ scale }: HostileTask): Promise<HostileAnswer> => {
  const catalogue = await loadCatalogue();
  const correlate = (shape: HostileShape, n: number) =>
    correlateHost({ host: 'hostile01', events: shape.build(n), catalogue, digest: nodeDigest });
  const cost = async (shape: HostileShape, n: number): Promise<number> => {
    let rounds = 0;
    let spent = 0;
    do {
      const events = shape.build(n);
      globalThis.gc?.();
      const { usage } = await measured(() =>
        correlateHost({ host: 'hostile01', events, catalogue, digest: nodeDigest }),
      );
      spent += usage.cpuSeconds;
      rounds++;
    } while (spent < WORTH_MEASURING && rounds < 5);
    return spent / rounds;
  };
  const shapes: HostileMeasure[] = [];
  for (const shape of HOSTILE_SHAPES) {
    const n = Math.max(100, Math.round(shape.n * scale));
    // Once beforehand, so that compiling is no part of the smaller size.
    const { findings } = correlate(shape, Math.min(n, 500));
    const cpuSeconds = await cost(shape, n);
    const cpuSecondsTwice = await cost(shape, 2 * n);
    shapes.push({
      name: shape.name,
      n,
      events: shape.build(n).length,
      findings: findings.length,
      cpuSeconds,
      cpuSecondsTwice,
      growth: cpuSecondsTwice / cpuSeconds,
    });
  }
  return { shapes };
});
