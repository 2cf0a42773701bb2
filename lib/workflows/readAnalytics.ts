import type { Analytic } from '../analytics/analytic';
import type { DefinitionInForce } from '../analytics/catalogue';
import { type Description, describeAnalytic } from '../analytics/definition/describe';
import { AppError } from '../base/appError';
import type { AnalyticView } from '../contracts/analytics';
import {
  type AnalyticRecord,
  analyticRecords,
  type StageCoverage,
  stageCoverage,
} from '../storage/analyticRecords';
import { type InForce, readCatalogue } from './readCatalogue';

type Facts = {
  readonly inForce: InForce;
  readonly records: ReadonlyMap<string, AnalyticRecord>;
  readonly coverage: ReadonlyMap<string, StageCoverage>;
};

/** All analytics by id, shipped and own, switched off or not, each with its definition as written and what it found. */
export async function readAnalytics(): Promise<{ items: AnalyticView[] }> {
  const [inForce, records, coverage] = await Promise.all([
    readCatalogue(),
    analyticRecords(),
    stageCoverage(),
  ]);
  return {
    items: inForce.definitions.map((definition) => toView(definition, { inForce, records, coverage })),
  };
}

/** One analytic by id. Throws `not_found`. */
export async function readAnalytic(id: string): Promise<AnalyticView> {
  const found = (await readAnalytics()).items.find((analytic) => analytic.id === id);
  if (found === undefined) throw new AppError('not_found', `There is no analytic ${id.slice(0, 60)}.`);
  return found;
}

function toView(definition: DefinitionInForce, facts: Facts): AnalyticView {
  const { id, origin, revision, enabled, yaml, analytic, text, problems } = definition;
  const common = { id, origin, revision, enabled, yaml, problems: [...problems] };
  const record = recordView(facts.records.get(id));
  if (analytic === undefined || text === undefined) return { ...UNREADABLE, ...common, title: id, record };
  const told = describeAnalytic(text, facts.inForce.catalogue.lists);
  return {
    ...common,
    title: analytic.title,
    version: analytic.version,
    description: analytic.description,
    techniques: [...analytic.techniques],
    stages: stageViews(analytic, told, facts),
    groups: [...analytic.groups.values()].map(({ id, title, min }) => ({ id, title, min })),
    parameters: analytic.parameters.map(({ value, shipped, ...rest }) => ({
      ...rest,
      value: typeof value === 'object' ? [...value] : value,
      shipped: typeof shipped === 'object' ? [...shipped] : shipped,
    })),
    reasons: analytic.score.flatMap((group) =>
      group.reasons.map(({ id, points, shippedPoints, text }) => ({
        ...{ id, group: group.id, points, shippedPoints, text },
        sentence: told.reasons.get(id) ?? '',
      })),
    ),
    suppressors: analytic.suppressors.map(({ id, text }) => ({
      ...{ id, text },
      sentence: told.suppressors.get(id) ?? '',
    })),
    keepsPartial: { from: analytic.keepPartialFrom, sentences: [...told.keepsPartial] },
    runbook: analytic.runbook.map((step) => step.text),
    knownGaps: [...analytic.knownGaps],
    falsePositives: [...analytic.falsePositives],
    references: analytic.references.map(({ title, url }) => ({ title, url: url ?? null })),
    record,
  };
}

const UNREADABLE = {
  version: '',
  description: '',
  techniques: [],
  stages: [],
  groups: [],
  parameters: [],
  reasons: [],
  suppressors: [],
  keepsPartial: { from: 0, sentences: [] },
  runbook: [],
  knownGaps: [],
  falsePositives: [],
  references: [],
};

const UNSEEN: StageCoverage = { hosts: 0, visible: 0, partial: 0, blind: 0, fixes: [] };

function stageViews(analytic: Analytic, told: Description, { coverage }: Facts): AnalyticView['stages'] {
  return [...analytic.stages]
    .sort((a, b) => a.position - b.position)
    .map((stage) => {
      const { fixes, ...counts } = coverage.get(`${analytic.id}/${stage.id}`) ?? UNSEEN;
      return {
        id: stage.id,
        title: stage.title,
        required: stage.required,
        group: stage.group ?? null,
        anchor: stage.anchor,
        sentences: [...(told.stages.get(stage.id) ?? [])],
        telemetry: {
          needs: [...stage.telemetry.needs],
          fields: [...stage.telemetry.fields],
          fix: stage.telemetry.fix,
        },
        coverage: { ...counts, fixes: [...fixes] },
      };
    });
}

const NOTHING_FOUND: AnalyticRecord = {
  findings: 0,
  complete: 0,
  partial: 0,
  suppressed: 0,
  open: 0,
  truePositive: 0,
  benignTruePositive: 0,
  falsePositive: 0,
  undetermined: 0,
};

function recordView(record: AnalyticRecord = NOTHING_FOUND): AnalyticView['record'] {
  const right = record.truePositive + record.benignTruePositive;
  const judged = right + record.falsePositive;
  return { ...record, precision: judged === 0 ? null : right / judged };
}
