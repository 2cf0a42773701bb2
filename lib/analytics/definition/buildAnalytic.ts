import type { DurationMicros } from '../../base/time';
import type { Alternative, Analytic, Parameter, ParameterValue, ScoreGroup, Stage, When } from '../analytic';
import type { Lists } from '../lists';
import { ALWAYS, compilePredicate, type Detection, type Predicate } from '../predicate/predicate';
import type { AlternativeText, AnalyticText, StageText, WhenText } from './analyticSchema';
import { buildStep } from './buildStep';
import type { Complaint } from './definitionSource';
import { detectionComplaints } from './detectionComplaints';
import { kindOfValue, valueOfParameter } from './parameters';

/** What a definition is compiled with. */
export type Building = {
  readonly lists: Lists;
  /** Told of everything that is wrong; building goes on behind it unless it throws. */
  readonly complain: (complaint: Complaint) => void;
};

/** Stages that may be named, each with the names of its alternatives. */
type Named = ReadonlyMap<string, ReadonlySet<string>>;
type Context = Building & { readonly stages: Named };

/** Values as shipped, of parameters and reasons; of those not given what the text says counts as shipped. */
export type Shipped = {
  readonly parameters: ReadonlyMap<string, unknown>;
  readonly points: ReadonlyMap<string, number>;
};

/** Compiles a definition whose shape is right. */
export function buildAnalytic(text: AnalyticText, building: Building, shipped: Shipped): Analytic {
  const resolved = new Map<string, ReadonlySet<string>>();
  const groups = new Map(text.groups.map((group) => [group.id, group] as const));
  const stages = text.stages.map((stage, index) => {
    const built = buildStage(
      stage,
      index,
      { ...building, stages: resolved },
      groups.has(stage.group ?? '') || stage.group === undefined,
    );
    resolved.set(stage.id, namesOf(stage));
    return built;
  });
  if (stages.filter((stage) => stage.anchor).length !== 1 || stages[0]?.anchor !== true) {
    building.complain({
      path: ['stages'],
      message: 'exactly one stage is the anchor, and it is the first',
    });
  }
  const all: Context = { ...building, stages: resolved };
  complainOfTwins(text, building);
  return {
    id: text.id,
    title: text.title,
    version: text.version,
    description: text.description,
    techniques: text.techniques,
    stages,
    groups,
    keepPartialWhen: text.keep_partial_when.map((when, i) => buildWhen(when, all, ['keep_partial_when', i])),
    keepPartialFrom: text.keep_partial_from,
    parameters: Object.entries(text.parameters).map(([name, value]) => toParameter(name, value, shipped)),
    score: text.score.map(
      (group, i): ScoreGroup => ({
        id: group.id,
        take: group.take,
        ...(group.cap === undefined ? {} : { cap: group.cap }),
        reasons: group.reasons.map(({ not_below: notBelow, ...reason }, k) => ({
          ...reason,
          ...(notBelow === undefined ? {} : { notBelow }),
          shippedPoints: shipped.points.get(reason.id) ?? reason.points,
          when: buildWhen(reason.when, all, ['score', i, 'reasons', k, 'when']),
        })),
      }),
    ),
    caps: text.caps.map((cap, i) => ({
      limit: cap.at_most,
      text: cap.text,
      when: buildWhen(cap.when, all, ['caps', i, 'when']),
    })),
    suppressors: text.suppressors.map((item, i) => ({
      ...item,
      when: buildWhen(item.when, all, ['suppressors', i, 'when']),
    })),
    headlines: text.headline.map((telling, i) =>
      telling.when === undefined
        ? { text: telling.text }
        : { text: telling.text, when: buildWhen(telling.when, all, ['headline', i, 'when']) },
    ),
    runbook: text.runbook.map((step, i) => buildStep(step, all, ['runbook', i])),
    knownGaps: text.known_gaps,
    falsePositives: text.false_positives,
    references: text.references.map(({ title, url }) => (url === undefined ? { title } : { title, url })),
  };
}

/** Compiles a condition over the chains of a definition that is compiled already. */
export function buildWhenFor(analytic: Pick<Analytic, 'stages'>, text: WhenText, building: Building): When {
  const stages = new Map(
    analytic.stages.map(({ id, alternatives }) => [
      id,
      new Set(alternatives.flatMap(({ name }) => (name === undefined ? [] : [name]))),
    ]),
  );
  return buildWhen(text, { ...building, stages }, []);
}

function namesOf(stage: StageText): ReadonlySet<string> {
  return new Set((stage.any ?? []).flatMap(({ name }) => (name === undefined ? [] : [name])));
}

/** Points are set and told by a reason's id: it must mean one. */
function complainOfTwins(text: AnalyticText, { complain }: Building): void {
  const seen = new Set<string>();
  for (const [i, group] of text.score.entries()) {
    for (const [k, { id }] of group.reasons.entries()) {
      if (seen.has(id))
        complain({ path: ['score', i, 'reasons', k, 'id'], message: `reason "${id}" is defined twice` });
      seen.add(id);
    }
  }
}

function toParameter(name: string, given: AnalyticText['parameters'][string], shipped: Shipped): Parameter {
  const { value, about } =
    typeof given === 'object' && 'about' in given ? given : { value: given, about: '' };
  const original = (valueOfParameter(shipped.parameters.get(name)) ?? value) as ParameterValue;
  return { name, kind: kindOfValue(original), value, shipped: original, about };
}

function buildStage(text: StageText, index: number, context: Context, groupKnown: boolean): Stage {
  const path = ['stages', index] as const;
  if (context.stages.has(text.id))
    context.complain({ path: [...path, 'id'], message: `stage "${text.id}" is defined twice` });
  if (!groupKnown)
    context.complain({
      path: [...path, 'group'],
      message: `"${text.group}" is not one of the groups`,
    });
  if (text.on === undefined && text.any === undefined)
    context.complain({ path, message: 'a stage needs "on", or "any" with alternatives' });
  const own: AlternativeText[] =
    text.on === undefined
      ? []
      : [{ on: text.on, where: text.where, relation: text.relation, after: text.after, before: text.before }];
  const alternatives = [
    ...own.map((alternative) => buildAlternative(alternative, context, path)),
    ...(text.any ?? []).map((alternative, k) => buildAlternative(alternative, context, [...path, 'any', k])),
  ];
  if (!text.anchor && alternatives.some((alternative) => alternative.relations.length === 0)) {
    context.complain({
      path,
      message: 'only the anchor stands without a relation to an earlier stage',
    });
  }
  const witness = text.telemetry.witness;
  return {
    id: text.id,
    title: text.title,
    anchor: text.anchor,
    required: text.required || text.anchor,
    ...(text.group === undefined ? {} : { group: text.group }),
    alternatives,
    position: text.position ?? index,
    telemetry: {
      needs: text.telemetry.needs,
      fields: text.telemetry.fields,
      essential: text.telemetry.essential,
      fix: text.telemetry.fix,
      ...(witness === undefined
        ? {}
        : {
            witness: {
              on: new Set(witness.on),
              where: predicate(witness.where, context, [...path, 'telemetry', 'witness', 'where']),
              missing: witness.missing,
            },
          }),
    },
    ...(text.tell === undefined ? {} : { tell: text.tell }),
    ...(text.burst === undefined
      ? {}
      : { burst: { max: text.burst.max, within: text.burst.within as DurationMicros } }),
  };
}

function buildAlternative(
  text: AlternativeText,
  context: Context,
  path: readonly PropertyKey[],
): Alternative {
  for (const relation of text.relation ?? []) requireStage(relation.to, context, [...path, 'relation']);
  if (text.given_of !== undefined) requireStage(text.given_of, context, [...path, 'given_of']);
  return {
    ...(text.name === undefined ? {} : { name: text.name }),
    on: new Set(text.on),
    where: text.where === undefined ? ALWAYS : predicate(text.where, context, [...path, 'where']),
    relations: text.relation ?? [],
    ...(text.after === undefined ? {} : { after: text.after as DurationMicros }),
    ...(text.before === undefined ? {} : { before: text.before as DurationMicros }),
    ...(text.grade === undefined ? {} : { grade: text.grade }),
    ...(text.yields === undefined ? {} : { yields: text.yields }),
    ...(text.given === undefined ? {} : { given: predicate(text.given, context, [...path, 'given']) }),
    ...(text.given_of === undefined ? {} : { givenOf: text.given_of }),
    ...(text.trace_of === undefined ? {} : { traceOf: text.trace_of }),
  };
}

function requireStage(stage: string, context: Context, path: readonly PropertyKey[]): void {
  if (context.stages.has(stage)) return;
  const known = [...context.stages.keys()].join(', ') || 'none yet';
  context.complain({
    path,
    message: `"${stage}" is not a stage resolved before this one (${known})`,
  });
}

function requireAlternative(
  { stage, alternative }: { stage: string; alternative?: string | undefined },
  context: Context,
  path: readonly PropertyKey[],
): void {
  const names = context.stages.get(stage);
  if (alternative === undefined || names === undefined || names.has(alternative)) return;
  context.complain({
    path: [...path, 'alternative'],
    message: `"${alternative}" is not an alternative of ${stage} (${[...names].join(', ') || 'it has none'})`,
  });
}

function buildWhen(text: WhenText, context: Context, path: readonly PropertyKey[]): When {
  const stage = (name: string): string => {
    if (!context.stages.has(name))
      context.complain({
        path,
        message: `"${name}" is not a stage (${[...context.stages.keys()].join(', ')})`,
      });
    return name;
  };
  if ('stage' in text) {
    requireAlternative(text, context, path);
    return {
      op: 'stage',
      stage: stage(text.stage),
      ...(text.where === undefined ? {} : { where: predicate(text.where, context, [...path, 'where']) }),
      ...(text.relation === undefined ? {} : { relations: new Set(text.relation) }),
      ...(text.alternative === undefined ? {} : { alternative: text.alternative }),
      ...(text.within === undefined ? {} : { within: text.within as DurationMicros }),
    };
  }
  if ('ancestor_of' in text)
    return {
      op: 'ancestor',
      stage: stage(text.ancestor_of),
      depth: text.depth ?? 8,
      where: predicate(text.where, context, [...path, 'where']),
    };
  if ('matched' in text)
    return {
      op: 'matched',
      stages: text.matched.map(stage),
      atLeast: text.at_least ?? text.matched.length,
      state: 'matched',
    };
  if ('blind' in text)
    return {
      op: 'matched',
      stages: text.blind.map(stage),
      atLeast: text.at_least ?? text.blind.length,
      state: 'blind',
    };
  if ('normalised' in text) return { op: 'normalised', stage: stage(text.normalised) };
  if ('event' in text)
    return { op: 'event', alternative: buildAlternative(text.event, context, [...path, 'event']) };
  if ('complete' in text) return { op: 'complete' };
  if ('all' in text)
    return { op: 'all', of: text.all.map((inner, i) => buildWhen(inner, context, [...path, 'all', i])) };
  if ('any' in text)
    return { op: 'any', of: text.any.map((inner, i) => buildWhen(inner, context, [...path, 'any', i])) };
  return { op: 'not', of: buildWhen(text.not, context, [...path, 'not']) };
}

function predicate(detection: Detection, context: Context, path: readonly PropertyKey[]): Predicate {
  try {
    return compilePredicate(detection, context.lists);
  } catch (error) {
    const complaints = detectionComplaints(detection, context.lists, path);
    for (const complaint of complaints) context.complain(complaint);
    if (complaints.length === 0)
      context.complain({ path, message: error instanceof Error ? error.message : String(error) });
    return ALWAYS;
  }
}
