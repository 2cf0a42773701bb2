import { createHash } from 'node:crypto';
import { type BuiltCatalogue, buildCatalogue, type CatalogueSources } from '../analytics/catalogue';
import {
  diagnose,
  parseBaseline,
  rawDefinition,
  readAnalyticText,
} from '../analytics/definition/parseAnalytic';
import { environmentProblems, refuseProblems, tuningProblems } from '../analytics/definition/tuning';
import { AppError } from '../base/appError';
import { MICROS_PER_DAY, type Micros, parseMicros } from '../base/time';
import type { AnalyticChange } from '../contracts/analytics';
import type { InForce } from './readCatalogue';

/** Subject of the settings for all analytics. */
export const ENVIRONMENT = 'environment';

/** Words of the API's paths: no definition may be called so. */
const RESERVED: ReadonlySet<string> = new Set([
  ENVIRONMENT,
  'validate',
  'vocabulary',
  'rerun',
  'new',
  'baselines',
]);

const LONGEST_BASELINE = 365 * MICROS_PER_DAY;

/** The id of a baseline that is not saved yet. */
export const PROPOSED_BASELINE = 0;

/**
 * Holds a change against what is in force. Throws `bad_request` with every mistake (of YAML with line and column),
 * `not_found` for an analytic that there is not, and `conflict` for an id that is taken.
 */
export function checkChange(subject: string, change: AnalyticChange, inForce: InForce, now: Micros): void {
  switch (change.kind) {
    case 'environment':
      if (subject !== ENVIRONMENT) throw misplaced('Lists and severities are set for the environment.');
      refuseProblems(environmentProblems(change, inForce.shippedLists));
      return;
    case 'tuning':
      checkTuning(subject, change, inForce);
      return;
    case 'definition':
      checkDefinition(subject, change.yaml, inForce);
      return;
    default:
      checkBaseline(subject, change, inForce, now);
  }
}

/** The catalogue as it would be with a change that was checked. */
export function propose(subject: string, change: AnalyticChange, { sources }: InForce): BuiltCatalogue {
  return buildCatalogue(proposedSources(subject, change, sources));
}

/** Findings of which analytics a change can touch; undefined: of all. */
export function touches(subject: string): ReadonlySet<string> | undefined {
  return subject === ENVIRONMENT ? undefined : new Set([subject]);
}

/** Names a change, what it is of, and what it is tried against: equal digests are the same question. */
export function digestOfChange(subject: string, change: unknown, basis: string): string {
  return createHash('sha256')
    .update(JSON.stringify([subject, sorted(change), basis]))
    .digest('hex');
}

function proposedSources(
  subject: string,
  change: AnalyticChange,
  sources: CatalogueSources,
): CatalogueSources {
  switch (change.kind) {
    case 'environment':
      return { ...sources, environment: { ...change, revision: (sources.environment?.revision ?? 0) + 1 } };
    case 'tuning': {
      const revision = (sources.tunings.get(subject)?.revision ?? 0) + 1;
      return { ...sources, tunings: new Map(sources.tunings).set(subject, { ...change, revision }) };
    }
    case 'definition': {
      const revision = (sources.definitions.find(({ id }) => id === subject)?.revision ?? 0) + 1;
      const others = sources.definitions.filter(({ id }) => id !== subject);
      const { yaml, enabled } = change;
      return { ...sources, definitions: [...others, { id: subject, yaml, enabled, revision }] };
    }
    default: {
      const { title, when, points } = change;
      const until = parseMicros(change.expiresAt);
      if (until === undefined) return sources;
      const baseline = { id: PROPOSED_BASELINE, analytic: subject, title, when, until };
      return { ...sources, baselines: [...sources.baselines, { ...baseline, points: points ?? undefined }] };
    }
  }
}

function checkTuning(subject: string, change: AnalyticChange & { kind: 'tuning' }, inForce: InForce): void {
  const definition = definitionOf(subject, inForce);
  if (definition.origin === 'own')
    throw misplaced(`${subject} is a definition of your own: change its text instead of tuning it.`);
  refuseProblems(tuningProblems(rawDefinition(definition.yaml, subject), change));
  try {
    readAnalyticText(definition.yaml, subject, inForce.catalogue.lists, change);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw misplaced(`With these values the definition cannot be read: ${error.message}`);
  }
}

function checkDefinition(subject: string, yaml: string, inForce: InForce): void {
  if (RESERVED.has(subject.toLowerCase()))
    throw misplaced(`${subject} is a word of Sequela's own. Choose another id.`);
  const { id, problems } = diagnose(yaml, inForce.catalogue.lists);
  const [first] = problems;
  if (first !== undefined)
    throw new AppError(
      'bad_request',
      `The definition has ${problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`}; line ${first.line}: ${first.message}.`,
      { errors: problems.map((problem) => ({ path: 'yaml', ...problem })) },
    );
  if (id !== subject)
    throw misplaced(`The definition calls itself ${id ?? 'nothing'}, and is to be saved as ${subject}.`);
  const taken = inForce.definitions.find(
    (other) =>
      other.id.toLowerCase() === subject.toLowerCase() && (other.origin !== 'own' || other.id !== subject),
  );
  if (taken !== undefined)
    throw new AppError(
      'conflict',
      `${taken.id} is ${taken.origin === 'own' ? 'another definition' : 'shipped with Sequela'}. Tune that one, or give yours another id.`,
    );
}

function checkBaseline(
  subject: string,
  change: AnalyticChange & { kind: 'baseline' },
  inForce: InForce,
  now: Micros,
): void {
  const { analytic } = definitionOf(subject, inForce);
  if (analytic === undefined) throw misplaced(`The definition of ${subject} cannot be read.`);
  parseBaseline(change.when, analytic, inForce.catalogue.lists);
  const until = parseMicros(change.expiresAt);
  const message =
    until === undefined
      ? `expiresAt is no time: ${change.expiresAt.slice(0, 40)}`
      : until <= now
        ? 'a baseline runs out in the future'
        : until - now > LONGEST_BASELINE
          ? 'a baseline runs out within a year; it can be made anew then'
          : undefined;
  if (message !== undefined) refuseProblems([{ path: 'expiresAt', message }]);
}

function definitionOf(subject: string, inForce: InForce): InForce['definitions'][number] {
  const found = inForce.definitions.find(({ id }) => id === subject);
  if (found === undefined) throw new AppError('not_found', `There is no analytic ${subject.slice(0, 60)}.`);
  return found;
}

function misplaced(message: string): AppError {
  return new AppError('bad_request', message, { errors: [{ path: 'change', message }] });
}

/** The same value with the keys of all its objects in order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
