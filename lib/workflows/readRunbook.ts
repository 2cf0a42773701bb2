import { AppError } from '../base/appError';
import { formatMicros, micros } from '../base/time';
import type { EventSummary, EventView } from '../contracts/events';
import type { RunbookView } from '../contracts/findings';
import type { FindingStep } from '../findings/finding';
import type { FindingRecord } from '../storage/findings';
import { eventSentence } from './eventSentence';
import { searchEvents } from './readEvents';
import { findingOrRefuse } from './readFinding';
import { type Question, searchOf, unseenOf, windowOf } from './runbookQuestion';
import { summariseEvents } from './summariseEvents';

type Step = RunbookView['steps'][number];

/** Events a step shows; the rest are one click away in the search. */
const SHOWN = 5;
/** Sources that may have recorded one happening. */
const SOURCES = 3;
/** Hosts an answer names. */
const NAMED = 3;

/**
 * The runbook of a finding, each step answered from the events as far as they can: `blind` where nothing was found and
 * nothing could have been, `person` where it is no question, or one that this chain cannot ask. Throws `not_found`.
 */
export async function readRunbook(id: string): Promise<RunbookView> {
  const record = await findingOrRefuse(id);
  const steps: Step[] = [];
  // One after another: each is a search, and others want the database too.
  for (const step of record.finding.runbook) steps.push(await answer(step, record));
  return { steps };
}

async function answer(step: FindingStep, record: FindingRecord): Promise<Step> {
  if (step.question === undefined) return forPerson(step.text, step.unasked);
  try {
    return await ask(step.text, step.question, record);
  } catch (error) {
    // A search that takes too long or grew too large is said so; the other steps stand.
    if (!(error instanceof AppError)) throw error;
    return forPerson(step.text, error.message);
  }
}

function forPerson(text: string, why: string | undefined): Step {
  return {
    text,
    state: 'person',
    answer: why === undefined ? null : `Cannot be asked of the events: ${why.replace(/\.$/, '')}.`,
    query: null,
    from: null,
    to: null,
    total: null,
    events: [],
  };
}

async function ask(text: string, question: Question, record: FindingRecord): Promise<Step> {
  const window = windowOf(question, record);
  const { q, bound } = await searchOf(question, record);
  const scope = {
    q,
    ...(window.from === undefined ? {} : { from: formatMicros(micros(window.from)) }),
    ...(window.to === undefined ? {} : { to: formatMicros(micros(window.to)) }),
  };
  const [found, summary] = await Promise.all([
    searchEvents({ ...scope, order: 'oldest', limit: SHOWN * SOURCES }),
    summariseEvents({ ...scope, facets: 'host.name' }),
  ]);
  const unseen = summary.total > 0 ? undefined : await unseenOf(question, window, record);
  const blind = unseen?.inItsTime === true;
  const mind = unseen === undefined ? '' : ` Not all of that time could be seen: ${unseen.reasons}.`;
  return {
    text,
    state: blind ? 'blind' : 'answered',
    answer: blind
      ? `Nothing was found, and not all of it could have been: ${unseen.reasons}.${bound}`
      : `${sentenceOf(question, summary, record.row.host)}${mind}${bound}`,
    query: q,
    from: scope.from ?? null,
    to: scope.to ?? null,
    total: summary.total,
    events: firstOf(found.items, question.within === undefined),
  };
}

/** The first few; what several sources recorded of one happening is shown once. */
function firstOf(found: readonly EventView[], everywhere: boolean): Step['events'] {
  const shown = new Map<string, Step['events'][number]>();
  for (const event of found) {
    if (shown.size === SHOWN) break;
    const sentence = eventSentence(event);
    const text = everywhere ? `${event.host}: ${sentence}` : sentence;
    const second = event.time.slice(0, '2026-01-01T00:00:00'.length);
    const key = `${second} ${text.toLowerCase()}`;
    if (!shown.has(key)) shown.set(key, { eventId: event.id, time: event.time, text });
  }
  return [...shown.values()];
}

function sentenceOf({ within, query }: Question, { total, facets }: EventSummary, own: string): string {
  const events =
    total === 0 ? 'Nothing of the kind' : `${total.toLocaleString('en')} ${total === 1 ? 'event' : 'events'}`;
  if (within === 'lineage') return `${events} by the processes of this finding.`;
  if (within === 'host') return `${events} on this host.`;
  if (total === 0) return `${events} on any ${query.includes('not host.name:') ? 'other ' : ''}host.`;
  const hosts = facets.find(({ field }) => field === 'host.name');
  const names = hosts?.values.map(({ value }) => value) ?? [];
  const count = hosts?.distinct ?? names.length;
  const other = names.includes(own) ? '' : 'other ';
  const named = names.slice(0, NAMED).join(', ');
  return `${events} on ${count} ${other}${count === 1 ? 'host' : 'hosts'}: ${named}${count > NAMED ? ', \u2026' : ''}.`;
}
