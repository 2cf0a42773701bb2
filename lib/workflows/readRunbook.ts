import { AppError } from '../base/appError';
import { formatMicros, micros } from '../base/time';
import type { EventSummary, EventView } from '../contracts/events';
import type { RunbookView } from '../contracts/findings';
import type { EventKind } from '../events/endpointEvent';
import type { FindingStep } from '../findings/finding';
import type { FindingRecord } from '../storage/findings';
import { eventSentence } from './eventSentence';
import { searchEvents } from './readEvents';
import { findingOrRefuse } from './readFinding';
import { type Question, type QuestionWindow, searchOf, sparesOwnHost, windowOf } from './runbookQuestion';
import { type Unseen, unseenOnHost, unseenOnHosts } from './runbookSight';
import { countMatches } from './summariseEvents';

type Step = RunbookView['steps'][number];
/** How much a question found, on which hosts and of which kinds. */
type Found = Pick<EventSummary, 'total' | 'facets'>;

/** Events a step shows; the rest are one click away in the search. */
const SHOWN = 5;
/** Sources that may have recorded one happening. */
const SOURCES = 3;
/** Hosts an answer names. */
const NAMED = 3;

/**
 * The runbook of a finding, each step answered from the events as far as they can: `blind` where nothing was found and
 * not all of it could have been, `person` where it is no question, or one that this chain cannot ask. Throws `not_found`.
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
    countMatches({ ...scope, facets: 'host.name,event.kind' }),
  ]);
  const unseen = await unseenOf(question, window, record, summary);
  const blind = summary.total === 0 && unseen?.decides === true;
  const said = blind
    ? `Nothing was found, and not all of it could have been: ${unseen.reasons}.`
    : `${sentenceOf(question, summary, record.row.host)}${mindOf(question, summary, unseen)}`;
  return {
    text,
    state: blind ? 'blind' : 'answered',
    answer: `${said}${[bound, ...(question.bounds ?? []).map((one) => ` ${one}`)].join('')}`,
    query: q,
    from: scope.from ?? null,
    to: scope.to ?? null,
    total: summary.total,
    events: firstOf(found.items, question.within === undefined),
  };
}

/** What could not have been seen: of all the question needs where nothing was found, else of the kinds that were not. */
async function unseenOf(
  question: Question,
  window: QuestionWindow,
  record: FindingRecord,
  summary: Found,
): Promise<Unseen | undefined> {
  const { needs, within } = question;
  if (needs.length === 0) return undefined;
  if (within === undefined) return unseenOnHosts(question, { ...window, found: summary.total > 0 }, record);
  return unseenOnHost(
    needs.filter((kind) => !wasFound(kind, summary)),
    window,
    record,
  );
}

function wasFound(kind: EventKind, { facets }: Found): boolean {
  const kinds = facets.find(({ field }) => field === 'event.kind');
  if (kinds === undefined) return false;
  // Only the most frequent are named; one that is not may be among the rest.
  return kinds.distinct > kinds.values.length || kinds.values.some(({ value }) => value === kind);
}

/** What has to be borne in mind with an answer, as sentences with a blank before each. */
function mindOf({ needs, within }: Question, { total }: Found, unseen: Unseen | undefined): string {
  if (unseen === undefined)
    return needs.length === 0 && total === 0 ? ' What could have been seen was not looked at.' : '';
  if (within === undefined) return ` ${unseen.reasons.charAt(0).toUpperCase()}${unseen.reasons.slice(1)}.`;
  return total === 0
    ? ` Not all of that time could be seen: ${unseen.reasons}.`
    : ` Not all else could be seen: ${unseen.reasons}.`;
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

function sentenceOf(question: Question, { total, facets }: Found, own: string): string {
  const events =
    total === 0 ? 'Nothing of the kind' : `${total.toLocaleString('en')} ${total === 1 ? 'event' : 'events'}`;
  const { within } = question;
  if (within === 'lineage') return `${events} by the processes of this finding.`;
  if (within === 'host') return `${events} on this host.`;
  if (total === 0) return `${events} on any ${sparesOwnHost(question) ? 'other ' : ''}host.`;
  const hosts = facets.find(({ field }) => field === 'host.name');
  const names = hosts?.values.map(({ value }) => value) ?? [];
  const count = hosts?.distinct ?? names.length;
  const other = names.includes(own) ? '' : 'other ';
  const named = names.slice(0, NAMED).join(', ');
  return `${events} on ${count} ${other}${count === 1 ? 'host' : 'hosts'}: ${named}${count > NAMED ? ', \u2026' : ''}.`;
}
