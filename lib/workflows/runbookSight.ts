import { EVER, kindsWatched } from '../correlate/blindTimes';
import type { EventKind } from '../events/endpointEvent';
import { countBlindHosts, kindsNeverCame } from '../storage/blindHosts';
import { loadBlindIntervals } from '../storage/blindIntervals';
import type { FindingRecord } from '../storage/findings';
import { readCatalogue } from './readCatalogue';
import { type Question, type QuestionWindow, sparesOwnHost } from './runbookQuestion';

/** What could not have been seen of what a question asks for. */
export type Unseen = {
  /** That finding nothing says nothing; else it only bounds what nothing means. */
  readonly decides: boolean;
  /** Parts of a sentence: "no task_create records from this host". */
  readonly reasons: string;
};

/** Reasons of blindness that are told; the host's page has them all. */
const REASONS = 2;

/**
 * What could not have been seen of the kinds on the finding's host: it decides where that is so in the finding's own
 * time. Undefined when all could be seen.
 */
export async function unseenOnHost(
  kinds: readonly EventKind[],
  window: QuestionWindow,
  { row, finding }: FindingRecord,
): Promise<Unseen | undefined> {
  if (kinds.length === 0) return undefined;
  const { watched, others } = await byWatch(kinds);
  const [intervals, never] = await Promise.all([
    loadBlindIntervals([row.hostId], { kinds: watched, ...window }),
    // Kinds that tell of the extraordinary have no blind intervals; where none ever came, none may have been written.
    kindsNeverCame(row.hostId, others),
  ]);
  const own = intervals.filter(({ from, to }) => from <= finding.to && to >= finding.from);
  const told = own.length > 0 || never.length > 0 ? own : intervals;
  const reasons = [...new Set(told.map(({ reason }) => reason))];
  if (never.length > 0)
    reasons.unshift(
      `no ${never.join(' or ')} records from this host; whether its sources write them is not known`,
    );
  if (reasons.length === 0) return undefined;
  const more = reasons.length > REASONS ? `; and ${reasons.length - REASONS} more` : '';
  return {
    decides: own.length > 0 || never.length > 0,
    reasons: `${reasons.slice(0, REASONS).join('; ')}${more}`,
  };
}

/**
 * What of the hosts that a question goes to could not have shown it: it decides where that is so of most of them. Where
 * something was `found`, those that could have shown only some of it are not told of: that bounds no absence.
 */
export async function unseenOnHosts(
  question: Question,
  { from, to, found }: QuestionWindow & { readonly found: boolean },
  { row }: FindingRecord,
): Promise<Unseen | undefined> {
  const spared = sparesOwnHost(question);
  const { watched, others } = await byWatch(question.needs);
  const { hosts, blind, partly } = await countBlindHosts({
    watched,
    others,
    from: from ?? EVER.from,
    to: to ?? EVER.to,
    ...(spared ? { without: row.hostId } : {}),
  });
  if (hosts === 0) return found ? undefined : { decides: false, reasons: 'there is no other host' };
  // Of all time every host has seen a part only: there is a time before its first record.
  const dim = found || from === undefined || to === undefined ? 0 : partly;
  const said = [
    ...(blind === 0
      ? []
      : [`${counted(blind)} could not have shown it (no ${question.needs.join(' or ')} records then)`]),
    ...(dim === 0 ? [] : [`${counted(dim)} could have shown only some of it`]),
  ];
  if (said.length === 0) return undefined;
  return {
    decides: blind * 2 > hosts,
    reasons: `of ${counted(hosts)} ${spared ? 'other ' : ''}${hosts === 1 ? 'host' : 'hosts'}, ${said.join(' and ')}`,
  };
}

/** The kinds of which blind intervals are kept, and the others. */
async function byWatch(
  kinds: readonly EventKind[],
): Promise<{ readonly watched: readonly EventKind[]; readonly others: readonly EventKind[] }> {
  const all = new Set(kindsWatched((await readCatalogue()).catalogue));
  return { watched: kinds.filter((kind) => all.has(kind)), others: kinds.filter((kind) => !all.has(kind)) };
}

function counted(hosts: number): string {
  return hosts.toLocaleString('en');
}
