import { EVENT_KINDS } from '../events/endpointEvent';
import type { FindingStep } from '../findings/finding';
import { lineageOf } from '../findings/lineageOf';
import type { QueryNode } from '../query/node';
import { parseQuery, QUERY_LIMITS } from '../query/parse';
import { allOf, fieldIs, quoteValue, withTerm } from '../query/quote';
import { processesSince } from '../storage/findingProcesses';
import type { FindingRecord } from '../storage/findings';

export type Question = NonNullable<FindingStep['question']>;
/** Microseconds, inclusive; an end that is absent is open. */
export type QuestionWindow = { readonly from?: number; readonly to?: number };

/** Processes a question names at most; the search holds no more of them. */
const PROCESSES = 60;

/** When to look: around the finding; of its processes from its anchor on, since what came of it came then or later. */
export function windowOf({ around, within }: Question, { finding }: FindingRecord): QuestionWindow {
  if (around === undefined) return {};
  return {
    from: within === 'lineage' ? lineageOf(finding).from : finding.from - around,
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
  const lineage = lineageOf(finding);
  const { ids, total } = await processesSince(row.hostId, { ...lineage, path: finding.path }, PROCESSES);
  const own = ownStart(query, lineage.anchor);
  const taken = query.length + host.length + (own?.length ?? 0) + 100;
  const names = fitting(ids.map(quoteValue), QUERY_LIMITS.length - taken);
  // Without a process nothing is of the lineage, and the search has to find nothing.
  const processes = `process.entity_id:(${names.length === 0 ? '""' : names.join(' or ')})`;
  const q = allOf(host, processes, query);
  return {
    q: own === undefined ? q : withTerm(q, own, 'and not'),
    bound:
      names.length < total
        ? ` Asked of the first ${names.length} of ${total.toLocaleString('en')} processes.`
        : '',
  };
}

/** Whether a question that goes to every host leaves out the finding's own. */
export function sparesOwnHost({ query }: Question): boolean {
  return query.includes('not host.name:');
}

/**
 * The anchor's own start, where the question is for nothing but kinds: it asks what came of the finding, and that the
 * anchor was started is why there is one. A question for more (a name, a path) may mean the anchor too.
 */
function ownStart(query: string, anchor: string | undefined): string | undefined {
  const read = parseQuery(query);
  if (anchor === undefined || !read.ok || read.node === null) return undefined;
  const open = read.node.op === 'or' ? read.node.nodes.every(isKind) : isKind(read.node);
  return open && query.includes('process_start')
    ? `event.kind:process_start and ${fieldIs('process.entity_id', anchor)}`
    : undefined;
}

function isKind(node: QueryNode): boolean {
  return node.op === 'is' && node.field.values === EVENT_KINDS;
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
