import type { Analytic, When } from '../analytics/analytic';
import type { Lists } from '../analytics/lists';
import { AppError } from '../base/appError';
import { cutText } from '../base/cutText';
import { formatMicros, micros } from '../base/time';
import type { FindingBrief } from '../contracts/analytics';
import type { BaselineCandidate, BaselineProposalView } from '../contracts/baselines';
import { type Candidate, proposeBaseline } from '../findings/proposeBaseline/proposeBaseline';
import { holdsOver, type QuotedChain, quoteChain } from '../findings/proposeBaseline/quotedChain';
import {
  type QuotedFinding,
  quotedFindings,
  quotedFindingsOf,
  quotedThings,
} from '../storage/quotedFindings';
import { readCatalogue } from './readCatalogue';
import { findingOrRefuse } from './readFinding';

/** Stored findings that candidates are held against: a look while somebody waits. The back-test then looks at all. */
const LOOKED = 500;
/** Findings that are listed of what a candidate would hide. */
const LISTED = 25;
/** Other findings one pattern may be asked to cover, and those closed alike that it is made from. */
const OTHERS_MAX = 100;
const ALIKE_MAX = 20;

/**
 * Patterns that would make a finding, and others with it, normal, each with what it would hide among the stored findings.
 * Others that are of another analytic, or gone, are left out and named. Throws `not_found`, and `bad_request` for more
 * than OTHERS_MAX others or an analytic that cannot be read.
 */
export async function readBaselineProposal(
  id: string,
  { others = '' }: { readonly others?: string | undefined },
): Promise<BaselineProposalView> {
  const { row, finding } = await findingOrRefuse(id);
  const wanted = [...new Set(others.split(',').filter((other) => other !== '' && other !== id))];
  if (wanted.length > OTHERS_MAX)
    throw new AppError(
      'bad_request',
      `One pattern covers at most ${OTHERS_MAX} other findings. Choose fewer.`,
    );
  const { analytic, lists } = await analyticInForce(finding.analytic);
  const asked = await quotedFindings([id, ...wanted]);
  const [own] = asked.filter(({ quotation }) => quotation.id === id);
  if (own === undefined) throw new AppError('not_found', 'This finding is gone.');
  const covered = asked.filter((one) => one !== own && one.analytic === own.analytic);
  const stored = await quotedFindingsOf(own.analytic, own.shape, LOOKED);
  const skip = new Set(asked.map(({ quotation }) => quotation.id));
  const alike = stored.items
    .filter(
      ({ shape, verdict, quotation }) =>
        shape === own.shape && isHarmless(verdict) && !skip.has(quotation.id),
    )
    .slice(0, ALIKE_MAX);
  const chainOf = await chains([...asked, ...stored.items], analytic);
  const { candidates, refused } = proposeBaseline(
    [own, ...covered].map(chainOf),
    alike.map(chainOf),
    analytic,
    lists,
  );
  const seen = stored.items.map((one) => ({ one, chain: chainOf(one) }));
  return {
    finding: id,
    analytic: own.analytic,
    title: titleOf(finding.analyticTitle, row.verdict?.reason ?? ''),
    reason: row.verdict?.reason ?? '',
    others: covered.map(({ quotation }) => quotation.id),
    left: leftOut(wanted, asked, own),
    alike: alike.length,
    candidates: candidates
      .map((candidate) => toView(candidate, seen))
      .sort((a, b) => a.hides.total - b.hides.total || b.tests - a.tests),
    refused: [...refused],
    looked: stored.items.length,
    stored: stored.total,
  };
}

/**
 * Ids of open true positives among the stored findings (the first LOOKED of an analytic) that a condition covers now and
 * that were called so after `since`. What is suppressed already would not be lost.
 */
export async function truePositivesUnder(
  analyticId: string,
  when: When,
  since: Date,
): Promise<readonly string[]> {
  const { analytic } = await analyticInForce(analyticId);
  const { items } = await quotedFindingsOf(analyticId, '', LOOKED);
  const confirmed = items.filter(
    ({ verdict, verdictAt, suppressed }) =>
      verdict === 'true_positive' && !suppressed && verdictAt !== null && verdictAt > since,
  );
  const chainOf = await chains(confirmed, analytic);
  return confirmed
    .filter((one) => holdsOver(when, chainOf(one)) === true)
    .map(({ quotation }) => quotation.id);
}

async function analyticInForce(id: string): Promise<{ readonly analytic: Analytic; readonly lists: Lists }> {
  const { definitions, catalogue } = await readCatalogue();
  const analytic = definitions.find((definition) => definition.id === id)?.analytic;
  if (analytic === undefined)
    throw new AppError(
      'bad_request',
      `The definition of ${id} is gone or cannot be read, so nothing can be proposed for its findings.`,
    );
  return { analytic, lists: catalogue.lists };
}

/** Puts the chains of some findings together, each once. */
async function chains(
  findings: readonly QuotedFinding[],
  analytic: Analytic,
): Promise<(finding: QuotedFinding) => QuotedChain> {
  const things = await quotedThings(findings);
  const known = new Map<string, QuotedChain>();
  return ({ quotation, hostId }) => {
    const chain =
      known.get(quotation.id) ??
      quoteChain(quotation, analytic, things.get(hostId) ?? { events: new Map(), processes: new Map() });
    known.set(quotation.id, chain);
    return chain;
  };
}

type Seen = readonly { readonly one: QuotedFinding; readonly chain: QuotedChain }[];

function toView(candidate: Candidate, seen: Seen): BaselineCandidate {
  const { name, yaml, when, sentence, tests, from } = candidate;
  const hidden = seen
    .filter(({ one, chain }) => !one.suppressed && holdsOver(when, chain) === true)
    .map(({ one }) => one);
  const verdicts = { true_positive: 0, benign_true_positive: 0, false_positive: 0, undetermined: 0, none: 0 };
  for (const { verdict } of hidden) verdicts[verdict ?? 'none']++;
  const findings = hidden.slice(0, LISTED).map(toBrief);
  return { name, when: yaml, sentence, tests, from, hides: { total: hidden.length, verdicts, findings } };
}

function toBrief(one: QuotedFinding): FindingBrief {
  const { host, analytic, headline, status, severity, score, suppressed, from, verdict } = one;
  return {
    ...{ id: one.quotation.id, host, analytic, status, severity, score, suppressed, verdict },
    headline: cutText(headline, 1000),
    from: formatMicros(micros(from)),
  };
}

function isHarmless(verdict: QuotedFinding['verdict']): boolean {
  return verdict === 'false_positive' || verdict === 'benign_true_positive';
}

function leftOut(
  wanted: readonly string[],
  asked: readonly QuotedFinding[],
  own: QuotedFinding,
): { id: string; why: string }[] {
  const found = new Map(asked.map((one) => [one.quotation.id, one]));
  return wanted.flatMap((id) => {
    const one = found.get(id);
    if (one === undefined) return [{ id, why: 'This finding is gone.' }];
    return one.analytic === own.analytic
      ? []
      : [{ id, why: `It is of ${one.analytic}; a baseline is of one analytic.` }];
  });
}

/** What the queue will call it until somebody finds better words: people's own, never telemetry's. */
function titleOf(analyticTitle: string, reason: string): string {
  const [line = ''] = reason.trim().split('\n', 1);
  return cutText(line === '' ? `Harmless here: ${analyticTitle}` : line, 160);
}
