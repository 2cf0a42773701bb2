import { FIELD_FLOOR } from '../visibility/visibility';
import type { Stage } from './analytic';
import type { HostIndex } from './hostIndex';
import { subjectOf } from './subject';

/** Whether a stage can be seen on a host at all: by kind, by field, by witness (ANALYTICS E.3). */
export type StageSight = {
  readonly state: 'visible' | 'partial' | 'blind';
  readonly why: string;
  readonly fix: string | undefined;
};

/** From this share a field counts as always collected. */
const FIELD_PRESENT = 0.95;

const SIGHTS = new WeakMap<HostIndex, Map<Stage, StageSight>>();

/** Judges one stage on one host; remembered per host, since every chain asks. */
export function stageVisibility(stage: Stage, index: HostIndex): StageSight {
  let known = SIGHTS.get(index);
  if (known === undefined) {
    known = new Map();
    SIGHTS.set(index, known);
  }
  const remembered = known.get(stage);
  if (remembered !== undefined) return remembered;
  const sight = judge(stage, index);
  known.set(stage, sight);
  return sight;
}

function judge(stage: Stage, index: HostIndex): StageSight {
  const { needs, fields, witness, fix } = stage.telemetry;
  for (const kind of needs) {
    if (!index.visibility.sees(kind)) return { state: 'blind', why: `no ${kind} events from this host`, fix };
  }
  let partial: string | undefined;
  for (const field of fields) {
    const shares = needs
      .map((kind) => index.visibility.filled(kind, field))
      .filter((share) => share !== undefined);
    const share = shares.length === 0 ? 0 : Math.max(...shares);
    if (share < FIELD_FLOOR) return { state: 'blind', why: `${field} is not recorded on this host`, fix };
    if (share < FIELD_PRESENT)
      partial ??= `${field} is recorded for only ${Math.round(share * 100)} % of these events`;
  }
  if (partial === undefined && witness !== undefined && !isWitnessed(witness, index))
    partial = witness.missing;
  if (partial !== undefined) return { state: 'partial', why: partial, fix };
  const counts = needs.map((kind) => `${index.visibility.count(kind)} ${kind}`).join(', ');
  return { state: 'visible', why: `recorded on this host: ${counts}`, fix: undefined };
}

function isWitnessed(witness: NonNullable<Stage['telemetry']['witness']>, index: HostIndex): boolean {
  for (const kind of witness.on) {
    for (const event of index.ofKind(kind)) {
      if (witness.where.judge(subjectOf(event, index)) === true) return true;
    }
  }
  return false;
}
