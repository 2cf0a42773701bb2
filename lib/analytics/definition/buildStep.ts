import type { DurationMicros } from '../../base/time';
import { parseQuery } from '../../query/parse';
import type { RunbookStep } from '../analytic';
import { fieldReader } from '../predicate/fields';
import { OPEN_QUESTION, QUESTION_PLACE, TOLD_FIELDS } from '../question';
import type { RunbookStepText } from './analyticSchema';
import type { Complaint } from './definitionSource';

/** Compiles a step of the runbook; complains of a place no chain can fill and of a question that is no search. */
export function buildStep(
  text: RunbookStepText,
  context: {
    readonly stages: ReadonlyMap<string, unknown>;
    readonly complain: (complaint: Complaint) => void;
  },
  path: readonly PropertyKey[],
): RunbookStep {
  if (!('ask' in text)) return { text: text.step, needs: [] };
  for (const message of placeComplaints(text.ask, context.stages))
    context.complain({ path: [...path, 'ask'], message });
  return {
    text: text.step,
    ask: text.ask,
    needs: text.needs ?? [],
    ...(text.within === undefined ? {} : { within: text.within }),
    ...(text.around === undefined ? {} : { around: text.around as DurationMicros }),
  };
}

/** What is wrong with the places of a question, and, where nothing is, with the question itself. */
function placeComplaints(ask: string, stages: ReadonlyMap<string, unknown>): readonly string[] {
  const complaints: string[] = [];
  for (const { 1: stage, 2: field } of ask.matchAll(QUESTION_PLACE)) {
    if (field === undefined || stage === undefined) continue;
    if (!stages.has(stage)) complaints.push(`"${stage}" is not a stage (${[...stages.keys()].join(', ')})`);
    if (!TOLD_FIELDS.has(field) && fieldReader(field) === undefined)
      complaints.push(`"${field}" is not a field that is known`);
  }
  if (complaints.length > 0) return complaints;
  if (/[{}]/.test(ask.replaceAll(QUESTION_PLACE, ''))) return ['a place is {host} or {stage.field}'];
  const read = parseQuery(ask.replaceAll(QUESTION_PLACE, OPEN_QUESTION));
  return read.ok ? [] : [`this is no search: ${read.problem.message}`];
}
