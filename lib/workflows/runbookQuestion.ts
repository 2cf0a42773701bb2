import type { FindingStep } from '../findings/finding';
import { QUERY_LIMITS } from '../query/parse';
import { allOf, fieldIs, quoteValue } from '../query/quote';
import { loadBlindIntervals } from '../storage/blindIntervals';
import { processesSince } from '../storage/findingProcesses';
import type { FindingRecord } from '../storage/findings';

export type Question = NonNullable<FindingStep['question']>;
/** Microseconds, inclusive; an end that is absent is open. */
export type QuestionWindow = { readonly from?: number; readonly to?: number };

/** Processes a question names at most; the search holds no more of them. */
const PROCESSES = 60;
/** Reasons of blindness that are told; the host's page has them all. */
const REASONS = 2;

/** When to look: around the finding; of its processes from its anchor on, since what came of it came then or later. */
export function windowOf({ around, within }: Question, { finding }: FindingRecord): QuestionWindow {
  if (around === undefined) return {};
  return {
    from: within === 'lineage' ? begin(finding) : finding.from - around,
    to: finding.to + around,
  };
}

/** The question as a search, with the host or the processes it is about; `bound` says which of them it leaves out. */
export async function searchOf(
  { query, within }: Question,
  { row, finding }: FindingRecord,
): Promise<{ readonly q: string; readonly bound: string }> {
  if (within === undefined) return { q: query, bound: '' };
  const host = fieldIs('host.name', row.host);
  if (within === 'host') return { q: allOf(host, query), bound: '' };
  const { ids, total } = await processesSince(row.hostId, finding.path, begin(finding), PROCESSES);
  const names = fitting(ids.map(quoteValue), QUERY_LIMITS.length - query.length - host.length - 100);
  // Without a process nothing is of the lineage, and the search has to find nothing.
  const processes = `process.entity_id:(${names.length === 0 ? '""' : names.join(' or ')})`;
  return {
    q: allOf(host, processes, query),
    bound:
      names.length < total
        ? ` Asked of the first ${names.length} of ${total.toLocaleString('en')} processes.`
        : '',
  };
}

/**
 * What could not have been seen of what was asked for on this host: `inItsTime` when that is so in the finding's own
 * time, so that finding nothing says nothing; else it only bounds what nothing means. Undefined when all could be seen.
 */
export async function unseenOf(
  { needs, within }: Question,
  window: QuestionWindow,
  { row, finding }: FindingRecord,
): Promise<{ readonly inItsTime: boolean; readonly reasons: string } | undefined> {
  if (within === undefined || needs.length === 0) return undefined;
  const blind = await loadBlindIntervals([row.hostId], { kinds: needs, ...window });
  const own = blind.filter(({ from, to }) => from <= finding.to && to >= finding.from);
  const told = own.length > 0 ? own : blind;
  if (told.length === 0) return undefined;
  const reasons = [...new Set(told.map(({ reason }) => reason))];
  const more = reasons.length > REASONS ? `; and ${reasons.length - REASONS} more` : '';
  return { inItsTime: own.length > 0, reasons: `${reasons.slice(0, REASONS).join('; ')}${more}` };
}

/** When what came of the chain began; findings of earlier versions do not say when their anchor was. */
function begin({ anchor, from }: FindingRecord['finding']): number {
  return anchor.time ?? from;
}

/** The first names that fit into so many characters. */
function fitting(names: readonly string[], room: number): readonly string[] {
  let length = 0;
  const end = names.findIndex((name) => {
    length += name.length + ' or '.length;
    return length > room;
  });
  return end < 0 ? names : names.slice(0, end);
}
