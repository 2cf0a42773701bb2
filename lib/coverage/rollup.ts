import { mostOf, type SeenTime } from './seenTime';

/** The same, added up over many hosts: beyond what a number holds exactly. */
export type SeenTotal = { readonly visible: bigint; readonly partial: bigint; readonly blind: bigint };

/** Adds up exactly whatever there is. */
export function totalOf(times: Iterable<SeenTime>): SeenTotal {
  let [visible, partial, blind] = [0n, 0n, 0n];
  for (const time of times) {
    visible += BigInt(time.visible);
    partial += BigInt(time.partial);
    blind += BigInt(time.blind);
  }
  return { visible, partial, blind };
}

/** In seconds, as people read it. */
export function toSeconds({ visible, partial, blind }: SeenTotal): SeenTime {
  return { visible: seconds(visible), partial: seconds(partial), blind: seconds(blind) };
}

function seconds(micros: bigint): number {
  return Number(micros) / 1_000_000;
}

/** One stage on one host. */
export type HostStage = {
  readonly time: SeenTime;
  /** Whether a replay proved the stage in one of the host's sources. */
  readonly provable: boolean;
};

/** One stage on many hosts. */
export type RolledCell = {
  readonly time: SeenTotal;
  readonly hosts: number;
  readonly visibleHosts: number;
  readonly partialHosts: number;
  readonly blindHosts: number;
  readonly provenHosts: number;
};

/** Adds up a stage over hosts. Those it was nothing on at any time do not count. */
export function rollUp(stages: readonly HostStage[]): RolledCell {
  const count = { visible: 0, partial: 0, blind: 0 };
  let proven = 0;
  for (const { time, provable } of stages) {
    const state = mostOf(time);
    if (state === undefined) continue;
    count[state]++;
    if (state === 'visible' && provable) proven++;
  }
  return {
    time: totalOf(stages.map(({ time }) => time)),
    hosts: count.visible + count.partial + count.blind,
    visibleHosts: count.visible,
    partialHosts: count.partial,
    blindHosts: count.blind,
    provenHosts: proven,
  };
}

/** Whether the definitions' stages can be looked for on a system: they are Windows'. Null: nothing tells which it is. */
export function isLookedAt(os: string | null): boolean {
  return os === null || os === 'windows';
}
