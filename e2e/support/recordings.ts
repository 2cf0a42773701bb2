import { fleetMachine, type Machine } from '../../lib/sample/machine';
import { fleetPlan } from '../../lib/sample/plan';
import { type Workday, workday } from '../../lib/sample/workday';

const SEED = 'journeys';
const KINDS = { svg: 0, mshta: 1, macro: 2 } as const;

export type DayOptions = {
  /** Chains planted on the day, one each; none for a day on which nothing happens. */
  readonly chains: readonly (keyof typeof KINDS)[];
  readonly date?: string;
  readonly broken?: number;
  readonly duplicates?: number;
};

/**
 * A workday of machine `n`, some two thousand records. Each journey takes machines of its own, so that what one
 * decides does not move another's rows.
 */
export function dayOf(
  n: number,
  { chains, date = '2026-04-06', broken = 0, duplicates = 0 }: DayOptions,
): Workday {
  const machine: Machine = fleetMachine(n);
  const scenes = chains.flatMap((kind) => fleetPlan(machine, `${SEED}-${kind}`, KINDS[kind], 1).slice(-1));
  return workday({ seed: SEED, machine, date, scenes, activity: 0.5, broken, duplicates });
}

/** Lines as a file. */
export function linesOf(lines: readonly string[]): Buffer {
  return Buffer.from(lines.map((line) => `${line}\n`).join(''));
}
