import type { EventKind, RecordedField } from '../../events/endpointEvent';
import type { Gap } from '../../visibility/gap';
import { FIELD_FLOOR } from '../../visibility/visibility';
import type { Stage } from '../analytic';
import type { HostIndex } from '../host/hostIndex';
import { SIGMA_FIELD } from '../predicate/sigmaTest';
import { subjectOf } from '../subject';
import { branchesOf } from './branches';
import { lineageDoubt, usesLineage } from './lineageQuality';
import { type StageLack, stageLack } from './sigmaLack';

/** Whether a stage can be seen on a host at all: by kind, by field, by witness, by lineage, by Sigma's rules (ANALYTICS E.3). */
export type StageSight = {
  readonly state: 'visible' | 'partial' | 'blind';
  readonly why: string;
  readonly fix: string | undefined;
  /** Each thing that is missing by itself; empty when it is visible. */
  readonly gaps: readonly Gap[];
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
  const { needs, fix } = stage.telemetry;
  const { visibility } = index;
  const missing = needs.filter((kind) => !visibility.sees(kind));
  const fields = fieldDoubts(stage, index);
  const [witness, lineage] = [witnessGap(stage, index), lineageGap(stage, index)];
  const unseen = unseenKinds(stage, index);
  const lack = stageLack(stage, index);
  const gaps = [
    ...missing.map(kindGap),
    ...fields.map(fieldGap),
    // A witness that only a missing kind could give is no gap of its own.
    ...(witness !== undefined && hasWitnesses(stage, index) ? [witness] : []),
    ...(lineage === undefined ? [] : [lineage]),
    ...unseen
      .filter((kind) => !missing.includes(kind))
      .map((kind): Gap => ({ ...kindGap(kind), kind: 'part' })),
    ...(lack === undefined ? [] : [ruleGap(lack)]),
  ];
  if (missing.length > 0)
    return { state: 'blind', why: `no ${missing.join(' and no ')} events from this host`, fix, gaps };
  const essential = fields.find(({ isEssential }) => isEssential);
  if (essential !== undefined) return { state: 'blind', why: essential.why, fix, gaps };
  if (lack?.isBlind === true) return { state: 'blind', why: lack.sentence, fix: lack.fix, gaps };
  const part =
    unseen.length === 0 ? undefined : `in part: no ${unseen.join(' and no ')} events from this host`;
  const doubts = [fields[0]?.why, (witness ?? lineage)?.sentence, part];
  const onlyRules = lack !== undefined && doubts.every((doubt) => doubt === undefined);
  const why = [...doubts, lack === undefined ? undefined : `in part: ${lack.sentence}`]
    .filter((doubt) => doubt !== undefined)
    .join('; ');
  if (why !== '') return { state: 'partial', why, fix: onlyRules ? lack.fix : fix, gaps };
  const counts = needs.map((kind) => `${visibility.count(kind)} ${kind}`).join(', ');
  return { state: 'visible', why: `recorded on this host: ${counts}`, fix: undefined, gaps: [] };
}

function hasWitnesses({ telemetry: { witness } }: Stage, { visibility }: HostIndex): boolean {
  return [...(witness?.on ?? [])].some((kind) => visibility.sees(kind));
}

function kindGap(kind: EventKind): Gap {
  return { kind: 'kind', what: kind, sentence: `no ${kind} events from this host` };
}

function ruleGap({ sentence }: StageLack): Gap {
  return { kind: 'field', what: SIGMA_FIELD, sentence };
}

function fieldGap({ field, why }: FieldDoubt): Gap {
  return { kind: 'field', what: field, sentence: why };
}

/**
 * Why a stage without a match may have been missed although its events are recorded: fields, witness and lineage
 * that hold for the whole recording. Undefined when nothing speaks for it.
 */
export function stageDoubt(stage: Stage, index: HostIndex): string | undefined {
  let known = DOUBTS.get(index);
  if (known === undefined) {
    known = new Map();
    DOUBTS.set(index, known);
  }
  const remembered = known.get(stage);
  if (remembered !== undefined || known.has(stage)) return remembered;
  const doubt =
    fieldDoubts(stage, index)[0]?.why ??
    (witnessGap(stage, index) ?? lineageGap(stage, index) ?? stageLack(stage, index))?.sentence;
  known.set(stage, doubt);
  return doubt;
}

/** Remembered per host: a witness may be looked for among all events of a kind, and every chain asks. */
const DOUBTS = new WeakMap<HostIndex, Map<Stage, string | undefined>>();

type FieldDoubt = {
  readonly field: RecordedField;
  readonly why: string;
  /** It hardly ever comes, and nothing can be judged without it. */
  readonly isEssential: boolean;
};

/** The fields the predicate needs that are not always recorded, those first that hardly ever are; in the definition's order. */
function fieldDoubts(stage: Stage, index: HostIndex): readonly FieldDoubt[] {
  const { needs, fields, essential } = stage.telemetry;
  const shares = needs.filter((kind) => index.visibility.sees(kind));
  // Of a kind that does not come at all nothing is known, and it is a gap itself.
  if (shares.length === 0) return [];
  const doubts = [...new Set([...essential, ...fields])].flatMap((field) => {
    const share = Math.max(...shares.map((kind) => index.visibility.filled(kind, field) ?? 0));
    return share < FIELD_PRESENT ? [{ field, share }] : [];
  });
  return [
    ...doubts.filter(({ share }) => share < FIELD_FLOOR),
    ...doubts.filter(({ share }) => share >= FIELD_FLOOR),
  ].map(({ field, share }) =>
    share < FIELD_FLOOR
      ? {
          field,
          why: `${field} is not recorded on this host`,
          isEssential: essential.includes(field),
        }
      : {
          field,
          why: `${field} is recorded for only ${Math.round(share * 100)} % of these events`,
          isEssential: false,
        },
  );
}

/** No proof that the kinds are collected for what the stage is about. */
function witnessGap({ telemetry: { witness, needs } }: Stage, index: HostIndex): Gap | undefined {
  if (witness === undefined || isWitnessed(witness, index)) return undefined;
  const what = needs.find((kind) => witness.on.has(kind)) ?? [...witness.on][0];
  return { kind: 'witness', ...(what === undefined ? {} : { what }), sentence: witness.missing };
}

/** A lineage that is too little known, where the stage walks along it. */
function lineageGap(stage: Stage, index: HostIndex): Gap | undefined {
  const along = stage.alternatives.some((alternative) =>
    alternative.relations.some((relation) => usesLineage(relation.kind)),
  );
  const doubt = along ? lineageDoubt(index.lineage) : undefined;
  return doubt === undefined ? undefined : { kind: 'lineage', sentence: doubt };
}

/** The kinds that only some ways to satisfy the stage hang on, and that the host does not show. */
function unseenKinds(stage: Stage, index: HostIndex): readonly EventKind[] {
  const kinds = branchesOf(stage, index.visibility).flatMap((branch) => branch.kinds);
  return [...new Set(kinds)].filter((kind) => !index.visibility.sees(kind)).sort();
}

function isWitnessed(witness: NonNullable<Stage['telemetry']['witness']>, index: HostIndex): boolean {
  for (const kind of witness.on) {
    for (const event of index.ofKind(kind)) {
      if (witness.where.judge(subjectOf(event, index)) === true) return true;
    }
  }
  return false;
}
