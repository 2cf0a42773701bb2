import { type Document, isMap, isSeq, LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { AppError } from '../base/appError';
import type { DurationMicros } from '../base/time';
import type { Alternative, Analytic, Parameter, Relation, ScoreGroup, Stage, When } from './analytic';
import {
  type AlternativeText,
  type AnalyticText,
  analyticSchema,
  listsSchema,
  type StageText,
  type WhenText,
} from './analyticSchema';
import { parseDuration } from './duration';
import type { Lists } from './lists';
import { ALWAYS, compilePredicate, type Detection, type Predicate } from './predicate';

/**
 * Reads one definition. Throws AppError('bad_input') that names file, line and what is wrong: broken YAML,
 * an unknown key, field, modifier, list or stage, a relation to a stage not resolved before.
 */
export function parseAnalytic(text: string, file: string, lists: Lists): Analytic {
  const source = readYaml(text, file);
  const raw = source.document.toJS() as unknown;
  const parsed = analyticSchema.safeParse(withParameters(raw));
  if (!parsed.success) throw source.error(deepest(parsed.error.issues));
  try {
    return build(parsed.data, { lists, source, stages: new Set() });
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw source.error({ path: [], message: error instanceof Error ? error.message : String(error) });
  }
}

/** Reads the file of named lists that predicates refer to. Values are folded to lower case. */
export function parseLists(text: string, file: string): Lists {
  const source = readYaml(text, file);
  const parsed = listsSchema.safeParse(source.document.toJS());
  if (!parsed.success) throw source.error(deepest(parsed.error.issues));
  return new Map(
    Object.entries(parsed.data).map(([name, values]) => [name, values.map((value) => value.toLowerCase())]),
  );
}

type Complaint = { readonly path: readonly PropertyKey[]; readonly message: string };
type Source = { readonly document: Document; readonly error: (complaint: Complaint) => AppError };
type Context = { readonly lists: Lists; readonly source: Source; readonly stages: ReadonlySet<string> };

function readYaml(text: string, file: string): Source {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const broken = document.errors[0];
  if (broken !== undefined) {
    const line = broken.linePos?.[0].line ?? 1;
    throw new AppError('bad_input', `${file}:${line}: ${broken.message.split('\n')[0]}`, { file, line });
  }
  const error = (complaint: Complaint): AppError => {
    const line = lineOf(document, lines, complaint.path);
    const place = complaint.path.length === 0 ? '' : ` (at ${complaint.path.map(String).join('.')})`;
    return new AppError('bad_input', `${file}:${line}: ${complaint.message}${place}`, {
      file,
      line,
      path: complaint.path,
    });
  };
  visit(document, {
    Alias: () => {
      throw error({ path: [], message: 'anchors and aliases are not used in definitions' });
    },
  });
  return { document, error };
}

/** Line of the deepest node on the path that exists. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as
      | { range?: [number, number, number] }
      | undefined;
    if (node?.range !== undefined) return lines.linePos(node.range[0]).line;
  }
  const root = document.contents;
  return isMap(root) || isSeq(root) ? lines.linePos(root.range?.[0] ?? 0).line : 1;
}

/**
 * Of many complaints, the one that got furthest into the file is the useful one; of several as far, a key
 * that is not known. Of a union's branches, the one that fits best speaks.
 */
function deepest(issues: readonly z.core.$ZodIssue[], prefix: readonly PropertyKey[] = []): Complaint {
  let best: Complaint = { path: prefix, message: 'this is not understood' };
  let depth = -1;
  for (const issue of issues) {
    const candidate = complaintOf(issue, [...prefix, ...issue.path]);
    const reach = candidate.path.length + (issue.code === 'unrecognized_keys' ? 0.5 : 0);
    if (reach > depth) {
      best = candidate;
      depth = reach;
    }
  }
  return best;
}

function complaintOf(issue: z.core.$ZodIssue, path: readonly PropertyKey[]): Complaint {
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys;
    return { path: [...path, key], message: `"${key}" is not a key that is known here` };
  }
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return { path, message: issue.message };
  const branches = [...issue.errors].sort((a, b) => misfits(a) - misfits(b));
  return branches
    .map((branch) => deepest(branch, path))
    .reduce((a, b) => (b.path.length > a.path.length ? b : a));
}

/** How far a branch is from fitting: what it lacks or cannot read, and the keys it does not know. */
function misfits(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

/** Puts the values of `parameters` where the definition says `${Name}`; whole values only, so lists stay lists. */
function withParameters(raw: unknown): unknown {
  if (typeof raw !== 'object' || raw === null) return raw;
  const parameters = Object.fromEntries(
    Object.entries((raw as { parameters?: Record<string, unknown> }).parameters ?? {}).map(
      ([name, value]) => [
        name,
        typeof value === 'object' && value !== null && 'value' in value ? value.value : value,
      ],
    ),
  );
  const substitute = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const name = /^\$\{([A-Za-z0-9_.]+)\}$/.exec(value)?.[1];
      return name === undefined ? value : name in parameters ? parameters[name] : value;
    }
    if (Array.isArray(value)) {
      return value.flatMap((item) => {
        const replaced = substitute(item);
        return typeof item === 'string' && Array.isArray(replaced) ? (replaced as unknown[]) : [replaced];
      });
    }
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, key === 'parameters' ? inner : substitute(inner)]),
      );
    }
    return value;
  };
  return substitute(raw);
}

function build(text: AnalyticText, context: Context): Analytic {
  const resolved = new Set<string>();
  const groups = new Map(text.groups.map((group) => [group.id, group] as const));
  const stages = text.stages.map((stage, index) => {
    const built = buildStage(
      stage,
      index,
      { ...context, stages: resolved },
      groups.has(stage.group ?? '') || stage.group === undefined,
    );
    resolved.add(stage.id);
    return built;
  });
  if (stages.filter((stage) => stage.anchor).length !== 1 || stages[0]?.anchor !== true) {
    throw context.source.error({
      path: ['stages'],
      message: 'exactly one stage is the anchor, and it is the first',
    });
  }
  const all: Context = { ...context, stages: resolved };
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
    parameters: Object.entries(text.parameters).map(([name, value]) => toParameter(name, value)),
    score: text.score.map(
      (group, i): ScoreGroup => ({
        id: group.id,
        take: group.take,
        ...(group.cap === undefined ? {} : { cap: group.cap }),
        reasons: group.reasons.map((reason, k) => ({
          ...reason,
          shippedPoints: reason.points,
          when: buildWhen(reason.when, all, ['score', i, 'reasons', k, 'when']),
        })),
      }),
    ),
    suppressors: text.suppressors.map((item, i) => ({
      ...item,
      when: buildWhen(item.when, all, ['suppressors', i, 'when']),
    })),
    headlines: text.headline.map((telling, i) =>
      telling.when === undefined
        ? { text: telling.text }
        : { text: telling.text, when: buildWhen(telling.when, all, ['headline', i, 'when']) },
    ),
    runbook: text.runbook,
    knownGaps: text.known_gaps,
    falsePositives: text.false_positives,
    references: text.references.map(({ title, url }) => (url === undefined ? { title } : { title, url })),
  };
}

function toParameter(name: string, given: AnalyticText['parameters'][string]): Parameter {
  const { value, about } =
    typeof given === 'object' && 'about' in given ? given : { value: given, about: '' };
  const kind = Array.isArray(value)
    ? 'list'
    : typeof value === 'number'
      ? 'number'
      : parseDuration(String(value)) === undefined
        ? 'text'
        : 'duration';
  return { name, kind, value, shipped: value, about };
}

function buildStage(text: StageText, index: number, context: Context, groupKnown: boolean): Stage {
  const path = ['stages', index] as const;
  if (context.stages.has(text.id))
    throw context.source.error({ path: [...path, 'id'], message: `stage "${text.id}" is defined twice` });
  if (!groupKnown)
    throw context.source.error({
      path: [...path, 'group'],
      message: `"${text.group}" is not one of the groups`,
    });
  if (text.on === undefined && text.any === undefined)
    throw context.source.error({ path, message: 'a stage needs "on", or "any" with alternatives' });
  const own: AlternativeText[] =
    text.on === undefined
      ? []
      : [{ on: text.on, where: text.where, relation: text.relation, after: text.after, before: text.before }];
  const alternatives = [
    ...own.map((alternative) => buildAlternative(alternative, context, path)),
    ...(text.any ?? []).map((alternative, k) => buildAlternative(alternative, context, [...path, 'any', k])),
  ];
  if (!text.anchor && alternatives.some((alternative) => alternative.relations.length === 0)) {
    throw context.source.error({
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
  for (const relation of text.relation ?? []) requireStage(relation, context, path);
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
    ...(text.trace_of === undefined ? {} : { traceOf: text.trace_of }),
  };
}

function requireStage(relation: Relation, context: Context, path: readonly PropertyKey[]): void {
  if (context.stages.has(relation.to)) return;
  const known = [...context.stages].join(', ') || 'none yet';
  throw context.source.error({
    path: [...path, 'relation'],
    message: `"${relation.to}" is not a stage resolved before this one (${known})`,
  });
}

function buildWhen(text: WhenText, context: Context, path: readonly PropertyKey[]): When {
  const stage = (name: string): string => {
    if (!context.stages.has(name))
      throw context.source.error({
        path,
        message: `"${name}" is not a stage (${[...context.stages].join(', ')})`,
      });
    return name;
  };
  if ('stage' in text) {
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
    throw context.source.error({ path, message: error instanceof Error ? error.message : String(error) });
  }
}
