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

/**
 * A step of the runbook with its question filled in from the chain; `unasked` says what is missing to ask it, `bounds`
 * what the question leaves out.
 */
export function fillStep(step: RunbookStep, chain: Chain, host: string): FindingStep {
  if (step.ask === undefined) return { text: step.text };
  let missing: string | undefined;
  const bounds = new Set<string>();
  const query = step.ask.replace(QUESTION_PLACE, (_, stage?: string, field?: string) => {
    if (stage === undefined || field === undefined) return quoteValue(host);
    const { terms, left } = termsOf(stage, field, chain);
    for (const one of left) bounds.add(one);
    if (terms.length === 0) missing ??= whyMissing(stage, field, chain);
    return terms.length === 1 ? (terms[0] ?? '') : `(${terms.join(' or ')})`;
  });
  if (missing !== undefined) return { text: step.text, unasked: missing };
  return {
    text: step.text,
    question: {
      query,
      needs: step.needs,
      ...(step.within === undefined ? {} : { within: step.within }),
      ...(step.around === undefined ? {} : { around: step.around }),
      ...(bounds.size === 0 ? {} : { bounds: [...bounds] }),
    },
  };
}

type Terms = {
  /** Quoted for a search, each once. */
  readonly terms: readonly string[];
  /** What they leave out, in sentences. */
  readonly left: readonly string[];
};

/** What the stage's matches hold in a field, and what of it is not asked. */
function termsOf(stage: string, field: string, chain: Chain): Terms {
  const found = stageOf(chain, stage);
  const matches = found?.matches ?? [];
  const total = found?.total ?? 0;
  const held = new Map<string, string[]>();
  for (const match of matches) {
    const written = heldValue(field, match, chain) ?? '';
    const value = written.trim();
    if (value === '') continue;
    // A condition holds for the whole field: as written, and as another record may write it without its blanks.
    const terms =
      field === 'destination' ? reached(value, match) : [...new Set([written, value])].map(quoted);
    held.set(value, [...(held.get(value) ?? []), ...terms]);
  }
  const asked = [...held].slice(0, VALUES);
  const of = `${field} of \u201c${found?.stage.title ?? stage}\u201d`;
  const left: string[] = [];
  // Matches beyond those the chain keeps may hold further values.
  const many = `${total > matches.length ? 'at least ' : ''}${held.size}`;
  if (held.size > asked.length) left.push(`Asked of the first ${asked.length} of ${many} values of ${of}.`);
  else if (total > matches.length)
    left.push(`Asked of ${of} in the first ${matches.length} of ${total.toLocaleString('en')} events.`);
  if (asked.some(([value]) => value.length > LONGEST))
    left.push(`Asked by the first ${LONGEST} characters of ${of}.`);
  return { terms: [...new Set(asked.flatMap(([, terms]) => terms))], left };
}

/**
 * Whole conditions for a destination: a name is looked for where names stand, an address where addresses do. Other
 * hosts may have recorded the one without the other, so that what is known of both is asked for by either.
 */
function reached(destination: string, { event }: Match): readonly string[] {
  const isAddress = destination.includes(':') || /^(\d{1,3}\.){3}\d{1,3}$/.test(destination);
  if (isAddress) return [fieldIs('destination.ip', destination)];
  const address = event?.kind === 'network_connect' ? event['destination.ip']?.trim() : undefined;
  return [
    `domain:${quoted(destination)}`,
    ...(address === undefined || address === '' ? [] : [fieldIs('destination.ip', address)]),
  ];
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
