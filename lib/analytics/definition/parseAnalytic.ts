import { AppError } from '../../base/appError';
import type { Analytic, When } from '../analytic';
import type { Lists } from '../lists';
import { type AnalyticText, analyticSchema, listsSchema, whenSchema } from './analyticSchema';
import { buildAnalytic, buildWhenFor } from './buildAnalytic';
import {
  type Complaint,
  PROBLEMS_MAX,
  type Problem,
  readSource,
  refusal,
  type Source,
  soundValue,
} from './definitionSource';
import { parametersOf, withParameters } from './parameters';
import { complaintsOf, deepestComplaint } from './schemaComplaints';
import { applyTuning, NO_TUNING, reasonsOf, type Tuning } from './tuning';

/** A definition as the matcher takes it, and the text it was made from, with its parameters put in. */
export type ReadAnalytic = { readonly analytic: Analytic; readonly text: AnalyticText };

/**
 * Reads one definition. Throws AppError('bad_input') that names file, line and what is wrong: broken YAML,
 * an unknown key, field, modifier, list or stage, a relation to a stage not resolved before.
 */
export function parseAnalytic(text: string, file: string, lists: Lists): Analytic {
  return readAnalyticText(text, file, lists).analytic;
}

/** The same, tuned, together with its text; what the tuning names and the definition lacks is left out. */
export function readAnalyticText(
  text: string,
  file: string,
  lists: Lists,
  tuning: Tuning = NO_TUNING,
): ReadAnalytic {
  const source = readSource(text);
  const raw = soundValue(source, file);
  const complain = (complaint: Complaint): never => {
    throw refusal(source, file, complaint);
  };
  const parsed = analyticSchema.safeParse(withParameters(applyTuning(raw, tuning), complain));
  if (!parsed.success) return complain(deepestComplaint(parsed.error.issues));
  const shipped = { parameters: parametersOf(raw), points: reasonsOf(raw) };
  return { analytic: buildAnalytic(parsed.data, { lists, complain }, shipped), text: parsed.data };
}

/** The document of a definition as YAML gives it: what a tuning is held against. Throws as parseAnalytic. */
export function rawDefinition(text: string, file: string): unknown {
  return soundValue(readSource(text), file);
}

/** Reads the file of named lists that predicates refer to. Values are folded to lower case. */
export function parseLists(text: string, file: string): Lists {
  const source = readSource(text);
  const parsed = listsSchema.safeParse(soundValue(source, file));
  if (!parsed.success) throw refusal(source, file, deepestComplaint(parsed.error.issues));
  return new Map(
    Object.entries(parsed.data).map(([name, values]) => [name, values.map((value) => value.toLowerCase())]),
  );
}

/** What is wrong with a definition, everything at its own place and in order of the text; never throws. */
export function diagnose(
  text: string,
  lists: Lists,
): { readonly id: string | undefined; readonly problems: readonly Problem[] } {
  const source = readSource(text);
  const { complaints, complain } = collector();
  if (source.broken.length > 0) return { id: undefined, problems: source.broken };
  const raw = source.value;
  const parsed = analyticSchema.safeParse(withParameters(raw, complain));
  if (parsed.success) {
    const shipped = { parameters: parametersOf(raw), points: reasonsOf(raw) };
    buildAnalytic(parsed.data, { lists, complain }, shipped);
  } else {
    for (const complaint of complaintsOf(parsed.error.issues)) complain(complaint);
  }
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined;
  return { id: typeof id === 'string' ? id : undefined, problems: placed(source, complaints) };
}

/**
 * Reads the condition of a baseline, over the chains of one definition. Throws AppError('bad_request') with every
 * problem and its place.
 */
export function parseBaseline(when: string, analytic: Pick<Analytic, 'stages'>, lists: Lists): When {
  const source = readSource(when);
  const { complaints, complain } = collector();
  const parsed = source.broken.length > 0 ? undefined : whenSchema.safeParse(source.value);
  if (parsed?.success === false)
    for (const complaint of complaintsOf(parsed.error.issues)) complain(complaint);
  const built =
    parsed?.success === true ? buildWhenFor(analytic, parsed.data, { lists, complain }) : undefined;
  const problems = [...source.broken, ...placed(source, complaints)];
  const [first] = problems;
  if (built !== undefined && first === undefined) return built;
  throw new AppError(
    'bad_request',
    `The condition has a mistake in line ${first?.line ?? 1}: ${first?.message ?? 'it is not understood'}.`,
    { errors: problems.map((problem) => ({ path: 'when', ...problem })) },
  );
}

/** Keeps complaints as far as they are told; the last that is kept then says that there are more. */
function collector(): {
  readonly complaints: readonly Complaint[];
  readonly complain: (complaint: Complaint) => void;
} {
  const complaints: Complaint[] = [];
  const more: Complaint = {
    path: [],
    message: `there are ${PROBLEMS_MAX} problems or more; those behind the first ${PROBLEMS_MAX - 1} are not told`,
  };
  const complain = (complaint: Complaint): void => {
    if (complaints.length < PROBLEMS_MAX)
      complaints.push(complaints.length === PROBLEMS_MAX - 1 ? more : complaint);
  };
  return { complaints, complain };
}

function placed(source: Source, complaints: readonly Complaint[]): readonly Problem[] {
  const problems = complaints.map((complaint) => ({
    ...source.placeOf(complaint),
    message: complaint.message,
  }));
  const told = new Map(problems.map((problem) => [JSON.stringify(problem), problem] as const));
  return [...told.values()].sort((a, b) => a.line - b.line || a.column - b.column);
}
