import type { RunbookStep } from '../analytics/analytic';
import { type Chain, type Match, stageOf } from '../analytics/chain';
import { fieldReader, UNKNOWN } from '../analytics/predicate/fields';
import { QUESTION_PLACE } from '../analytics/question';

import { cutText } from '../base/cutText';
import { fieldIs, quoteValue } from '../query/quote';
import type { FindingStep } from './finding';
import { subjectOfMatch } from './judgeWhen';
import { baseName } from './tell';

/** Values a place holds at most: the first ones tell, and a question has to stay one. */
const VALUES = 5;
/** A longer value is asked for by its beginning: a search has its length. */
const LONGEST = 300;

/** A step of the runbook with its question filled in from the chain; `unasked` says what is missing to ask it. */
export function fillStep(step: RunbookStep, chain: Chain, host: string): FindingStep {
  if (step.ask === undefined) return { text: step.text };
  let missing: string | undefined;
  const query = step.ask.replace(QUESTION_PLACE, (_, stage?: string, field?: string) => {
    if (stage === undefined || field === undefined) return quoteValue(host);
    const values = valuesOf(stage, field, chain);
    if (values.length === 0) missing ??= whyMissing(stage, field, chain);
    return values.length === 1 ? (values[0] ?? '') : `(${values.join(' or ')})`;
  });
  if (missing !== undefined) return { text: step.text, unasked: missing };
  return {
    text: step.text,
    question: {
      query,
      needs: step.needs,
      ...(step.within === undefined ? {} : { within: step.within }),
      ...(step.around === undefined ? {} : { around: step.around }),
    },
  };
}

/** What the stage's matches hold in a field, each once, quoted for a search. */
function valuesOf(stage: string, field: string, chain: Chain): readonly string[] {
  const values = new Set<string>();
  for (const match of stageOf(chain, stage)?.matches ?? []) {
    if (values.size >= VALUES) break;
    const value = heldValue(field, match, chain)?.trim();
    if (value !== undefined && value !== '')
      values.add(field === 'destination' ? reached(value) : quoted(value));
  }
  return [...values];
}

/** A destination is a whole condition: a name is looked for where names stand, an address where addresses do. */
function reached(destination: string): string {
  const address = destination.includes(':') || /^(\d{1,3}\.){3}\d{1,3}$/.test(destination);
  return fieldIs(address ? 'destination.ip' : 'domain', destination);
}

function quoted(value: string): string {
  return value.length <= LONGEST ? quoteValue(value) : `${quoteValue(cutText(value, LONGEST))}*`;
}

function heldValue(field: string, match: Match, chain: Chain): string | undefined {
  const { event, evidence } = match;
  const node = chain.index.nodeOf(match.process);
  switch (field) {
    case 'image':
      return baseName(node?.image ?? event?.['process.executable']);
    case 'parent':
      return baseName(chain.index.nodeOf(node?.link.parentId)?.image ?? event?.['process.parent.executable']);
    case 'file':
      return baseName((match.file?.event ?? evidence)['file.path'])?.replace(/:[^:]*$/, '');
    case 'destination':
      return destinationName(match, chain);
    case 'user':
      return (node?.user ?? event?.['user.name'])?.split('\\').pop();
    case 'process.entity_id':
      return match.process;
  }
  const value = fieldReader(field)?.(subjectOfMatch(match, chain));
  if (value === undefined || value === UNKNOWN) return undefined;
  return typeof value === 'object' ? value[0] : String(value);
}

/** The name that was asked for or reached, else the address; without a port. */
function destinationName({ event }: Match, chain: Chain): string | undefined {
  if (event?.kind === 'dns_query') return event['dns.question.name'];
  if (event === undefined || event['network.direction'] === 'ingress') return undefined;
  return chain.index.destination(event).name ?? event['destination.ip'];
}

function whyMissing(stage: string, field: string, chain: Chain): string {
  const found = stageOf(chain, stage);
  const title = found?.stage.title ?? stage;
  return found?.state === 'matched'
    ? `${field} was not recorded for \u201c${title}\u201d`
    : `\u201c${title}\u201d is ${found?.state ?? 'not known'} in this finding`;
}
