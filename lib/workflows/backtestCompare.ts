import { cutText } from '../base/cutText';
import { formatMicros } from '../base/time';
import type { BacktestView, FindingBrief } from '../contracts/analytics';
import type { Finding } from '../findings/finding';

type Result = NonNullable<BacktestView['result']>;
type Changed = Result['changed'][number];

/** Longer lists are cut; their totals stay true. */
const LISTED = 500;

/** What a change does to findings, host by host; memory is bounded whatever the number of hosts. */
export type Comparison = {
  /** Takes in one host. `verdicts` are people's, by finding id. */
  readonly add: (difference: Difference, verdicts: ReadonlyMap<string, string>) => void;
  readonly result: () => Result;
  /** Findings called true positive that would be gone from sight, in order; `total` counts those cut from the list. */
  readonly truePositivesLost: () => { readonly items: FindingBrief[]; readonly total: number };
};

/** How the findings of one host differ. */
export type Difference = {
  readonly gained: readonly Finding[];
  readonly lost: readonly Finding[];
  readonly changed: readonly { readonly before: Finding; readonly after: Finding; readonly what: string[] }[];
  readonly unchanged: number;
};

/** Holds the findings of one host against each other, by id; only those of `analytics`, if given. */
export function differenceOf(
  before: readonly Finding[],
  after: readonly Finding[],
  analytics: ReadonlySet<string> | undefined,
): Difference {
  const [old, now] = [byId(before, analytics), byId(after, analytics)];
  const both = [...now.values()].flatMap((finding) => {
    const was = old.get(finding.id);
    return was === undefined ? [] : [{ before: was, after: finding, what: differences(was, finding) }];
  });
  const changed = both.filter(({ what }) => what.length > 0);
  return {
    gained: [...now.values()].filter(({ id }) => !old.has(id)),
    lost: [...old.values()].filter(({ id }) => !now.has(id)),
    changed,
    unchanged: both.length - changed.length,
  };
}

/** Ids of everything that differs: whose verdicts are worth looking up. */
export function differingIds({ gained, lost, changed }: Difference): readonly string[] {
  return [...gained, ...lost, ...changed.map(({ after }) => after)].map(({ id }) => id);
}

/** Collects differences. The lists come true positives first, then by score: what is lost of those is never cut. */
export function createComparison(): Comparison {
  const gained = createTop<FindingBrief>((brief) => brief);
  const lost = createTop<FindingBrief>((brief) => brief);
  const changed = createTop<Changed>(({ before, after }) => (before.score > after.score ? before : after));
  const confirmed = createTop<FindingBrief>((brief) => brief);
  const confirm = (finding: Finding, verdicts: ReadonlyMap<string, string>): void => {
    if (verdicts.get(finding.id) === 'true_positive') confirmed.add(toBrief(finding, verdicts));
  };
  let unchanged = 0;
  return {
    add(difference, verdicts) {
      for (const finding of difference.lost) confirm(finding, verdicts);
      for (const { before, after } of difference.changed)
        if (isOutOfSight(before, after)) confirm(before, verdicts);
      for (const finding of difference.gained) gained.add(toBrief(finding, verdicts));
      for (const finding of difference.lost) lost.add(toBrief(finding, verdicts));
      for (const { before, after, what } of difference.changed)
        changed.add({ before: toBrief(before, verdicts), after: toBrief(after, verdicts), what });
      unchanged += difference.unchanged;
    },
    result: () => ({
      gained: gained.items(),
      lost: lost.items(),
      changed: changed.items(),
      unchanged,
      totals: { gained: gained.total(), lost: lost.total(), changed: changed.total() },
    }),
    truePositivesLost: () => ({ items: confirmed.items(), total: confirmed.total() }),
  };
}

/** Of a finding, or of its brief. */
type Sight = { readonly suppressed: boolean; readonly severity: string };

/** Whether nobody looks at a finding any more: it is suppressed, or lowered to what is only for information. */
export function isOutOfSight(before: Sight, after: Sight): boolean {
  return (
    (after.suppressed && !before.suppressed) ||
    (after.severity === 'informational' && before.severity !== 'informational')
  );
}

type Top<Item> = {
  readonly add: (item: Item) => void;
  readonly items: () => Item[];
  readonly total: () => number;
};

function createTop<Item>(briefOf: (item: Item) => FindingBrief): Top<Item> {
  let kept: Item[] = [];
  let total = 0;
  const cut = (): void => {
    kept.sort((a, b) => compareBriefs(briefOf(a), briefOf(b)));
    kept = kept.slice(0, LISTED);
  };
  return {
    add(item) {
      total++;
      kept.push(item);
      if (kept.length >= 2 * LISTED) cut();
    },
    items() {
      cut();
      return kept;
    },
    total: () => total,
  };
}

function compareBriefs(a: FindingBrief, b: FindingBrief): number {
  const confirmed = ({ verdict }: FindingBrief): number => (verdict === 'true_positive' ? 0 : 1);
  return (
    confirmed(a) - confirmed(b) ||
    b.score - a.score ||
    (a.from === b.from ? (a.id < b.id ? -1 : 1) : a.from < b.from ? -1 : 1)
  );
}

/** What is different about one finding, a sentence each; none when a person would not see a difference. */
function differences(before: Finding, after: Finding): string[] {
  const told: string[] = [];
  if (before.status !== after.status) told.push(`It is ${after.status} instead of ${before.status}.`);
  if (before.severity !== after.severity)
    told.push(`Its severity is ${after.severity} instead of ${before.severity}.`);
  const [was, is] = [Math.round(before.score), Math.round(after.score)];
  if (was !== is) told.push(`Its score is ${is} instead of ${was}.`);
  if (before.suppressed !== after.suppressed)
    told.push(after.suppressed ? 'It is suppressed.' : 'It is not suppressed any more.');
  told.push(...stageDifferences(before, after));
  if (before.headline !== after.headline)
    told.push(
      `It is called \u201c${clean(after.headline)}\u201d instead of \u201c${clean(before.headline)}\u201d.`,
    );
  return told;
}

function stageDifferences(before: Finding, after: Finding): readonly string[] {
  const old = new Map(before.stages.map((stage) => [stage.id, stage]));
  const now = new Set(after.stages.map(({ id }) => id));
  return [
    ...after.stages.flatMap(({ id, title, state }) => {
      const was = old.get(id);
      if (was === undefined) return [`The stage \u201c${title}\u201d is new: ${state}.`];
      return was.state === state
        ? []
        : [`The stage \u201c${title}\u201d is ${state} instead of ${was.state}.`];
    }),
    ...before.stages
      .filter(({ id }) => !now.has(id))
      .map(({ title }) => `The stage \u201c${title}\u201d is gone.`),
  ];
}

function toBrief(finding: Finding, verdicts: ReadonlyMap<string, string>): FindingBrief {
  return {
    id: finding.id,
    host: finding.host,
    analytic: finding.analytic,
    headline: clean(finding.headline),
    status: finding.status,
    severity: finding.severity,
    score: Math.round(finding.score),
    suppressed: finding.suppressed,
    from: formatMicros(finding.from),
    verdict: verdicts.get(finding.id) ?? null,
  };
}

/** Of two with the same id the first, which ranks higher, stands, as in what is stored. */
function byId(
  findings: readonly Finding[],
  analytics: ReadonlySet<string> | undefined,
): ReadonlyMap<string, Finding> {
  const found = new Map<string, Finding>();
  for (const finding of findings)
    if ((analytics?.has(finding.analytic) ?? true) && !found.has(finding.id)) found.set(finding.id, finding);
  return found;
}

/** Telemetry may hold what jsonb cannot. */
function clean(text: string): string {
  return cutText(text.replaceAll('\0', ''), 1000);
}
