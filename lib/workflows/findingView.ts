import type { PredicateExplanation } from '../analytics/predicate/predicate';
import { formatMicros, MICROS_PER_SECOND, type Micros, micros } from '../base/time';
import type {
  CounterfactualView,
  FindingDetail,
  FindingSummary,
  PredicateView,
  ReasonView,
  StageEventView,
  StageView,
} from '../contracts/findings';
import type { Counterfactual, FindingStage, Reason, StageEvent } from '../findings/finding';
import type { ActivityEntry } from '../storage/decisions';
import type { FindingRow, StagePip } from '../storage/findingRows';
import type { FindingRecord } from '../storage/findings';
import type { SimilarFinding } from '../storage/similarFindings';

/** A row of the queue, from what is stored. */
export function toFindingSummary(row: FindingRow): FindingSummary {
  return {
    id: row.id,
    analytic: row.analytic,
    analyticTitle: row.analyticTitle,
    status: row.status,
    severity: row.severity,
    score: row.score,
    hostId: String(row.hostId),
    host: row.host,
    user: row.user,
    headline: row.headline,
    trail: row.trail,
    stages: toStages(row.strip),
    suppressed: row.suppressed,
    stale: row.stale,
    from: formatMicros(micros(row.from)),
    to: formatMicros(micros(row.to)),
    verdict:
      row.verdict === null
        ? null
        : {
            value: row.verdict.value,
            reason: row.verdict.reason,
            by: row.verdict.by,
            at: row.verdict.at.toISOString(),
            blindAcknowledged: row.verdict.blindAcknowledged,
          },
    assignee: row.assignee,
    case: row.case,
    due: row.due?.toISOString() ?? null,
    clock: row.clock,
    reopened: row.reopened === null ? null : { at: row.reopened.at.toISOString(), why: row.reopened.why },
    shape: row.shape,
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
  };
}

/** Stages as a row of the queue shows them. */
export function toStages(strip: readonly StagePip[]): FindingSummary['stages'] {
  return strip.map((pip) => ({ ...pip, time: iso(pip.time) }));
}

/** Everything the page of one finding shows. */
export function toFindingDetail(
  { row, finding }: FindingRecord,
  similar: { readonly items: readonly SimilarFinding[]; readonly total: number },
  activity: readonly ActivityEntry[],
): FindingDetail {
  const { stages: _strip, ...summary } = toFindingSummary(row);
  return {
    ...summary,
    anchor: {
      entityId: finding.anchor.entityId ?? null,
      pid: finding.anchor.pid ?? null,
      image: finding.anchor.image ?? null,
      commandLine: finding.anchor.commandLine ?? null,
      startedAt: iso(finding.anchor.startedAt),
    },
    story: finding.story.map((line) => ({
      text: line.text,
      stage: line.stage ?? null,
      eventId: line.eventId ?? null,
    })),
    stages: finding.stages.map(toStageView),
    reasons: finding.reasons.map(toReasonView),
    unjudged: [...finding.unjudged],
    caps: [...finding.caps],
    scoreBeforeBaselines: finding.scoreBeforeBaselines,
    baselines: [...finding.baselines],
    weakestLink: {
      ...finding.weakestLink,
      from: finding.weakestLink.from ?? null,
      to: finding.weakestLink.to ?? null,
    },
    counterfactuals: finding.counterfactuals.map(toCounterfactualView),
    telemetry: finding.telemetry.map((entry) => ({ ...entry, fix: entry.fix ?? null })),
    runbook: finding.runbook.map((step) => step.text),
    knownGaps: [...finding.knownGaps],
    references: finding.references.map((reference) => ({
      title: reference.title,
      url: reference.url ?? null,
    })),
    techniques: [...finding.techniques],
    analyticVersion: finding.analyticVersion,
    similar: similar.items.map(toSimilarView),
    similarTotal: similar.total,
    activity: activity.map((entry) => ({ at: entry.at.toISOString(), by: entry.by, text: entry.text })),
  };
}

function toSimilarView({ row, because, destination }: SimilarFinding): FindingDetail['similar'][number] {
  return {
    because: [...because],
    destination,
    id: row.id,
    analytic: row.analytic,
    host: row.host,
    headline: row.headline,
    from: formatMicros(micros(row.from)),
    severity: row.severity,
    verdict: row.verdict?.value ?? null,
    verdictBy: row.verdict?.by ?? null,
    verdictReason: row.verdict?.reason ?? null,
  };
}

function toReasonView(reason: Reason): ReasonView {
  const { group, why } = reason;
  return {
    id: reason.id,
    effect: reason.effect,
    points: reason.points,
    text: reason.text,
    stage: reason.stage ?? null,
    eventId: reason.eventId ?? null,
    group: group === undefined ? null : { ...group, cap: group.cap ?? null },
    counted: reason.counted,
    worth: reason.worth ?? null,
    why: why === undefined ? null : toPredicateView(why),
    baseline: reason.baseline ?? null,
    note: reason.note ?? null,
  };
}

function toCounterfactualView(one: Counterfactual): CounterfactualView {
  return {
    kind: one.kind,
    stage: one.stage ?? null,
    text: one.text,
    field: one.field ?? null,
    actual: one.actual ?? null,
    wanted: one.wanted ?? null,
    eventId: one.eventId ?? null,
    change: one.change ?? null,
    severity: one.severity ?? null,
    score: one.score ?? null,
  };
}

function toStageView(stage: FindingStage): StageView {
  const seconds = (length: number | undefined) => (length === undefined ? null : length / MICROS_PER_SECOND);
  return {
    id: stage.id,
    title: stage.title,
    required: stage.required,
    group: stage.group ?? null,
    state: stage.state,
    stateReason: stage.stateReason ?? null,
    events: stage.events.map(toStageEventView),
    eventsTotal: stage.eventsTotal,
    ...(stage.cut === undefined ? {} : { cut: [...stage.cut] }),
    relation:
      stage.relation === undefined
        ? null
        : {
            ...stage.relation,
            to: stage.relation.to ?? null,
            hops: [...stage.relation.hops],
            via: [...(stage.relation.via ?? [])],
          },
    window:
      stage.windowLimit === undefined && stage.windowUsed === undefined
        ? null
        : { limitSeconds: seconds(stage.windowLimit), usedSeconds: seconds(stage.windowUsed) },
    why: stage.why === undefined ? null : toPredicateView(stage.why),
  };
}

function toStageEventView(event: StageEvent): StageEventView {
  return {
    eventId: event.eventId,
    time: formatMicros(event.time),
    kind: event.kind,
    image: event.image ?? null,
    commandLine: event.commandLine ?? null,
    path: event.path ?? null,
    destination: event.destination ?? null,
    query: event.query ?? null,
    entityId: event.entityId ?? null,
    pid: event.pid ?? null,
    user: event.user ?? null,
    record: event.place ?? null,
  };
}

function toPredicateView({ expected, children, ...rest }: PredicateExplanation): PredicateView {
  return {
    ...rest,
    ...(expected === undefined ? {} : { expected: [...expected] }),
    ...(children === undefined ? {} : { children: children.map(toPredicateView) }),
  };
}

function iso(time: number | null | undefined): string | null {
  return time === null || time === undefined ? null : formatMicros(time as Micros);
}
