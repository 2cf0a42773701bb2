import type { Catalogue } from '../analytics/catalogue';
import { type Chain, stageOf } from '../analytics/chain';
import { type Severity, severityOf } from '../analytics/severity';
import { compareStrength } from '../analytics/strength';
import { explainWhen } from './explainWhen';
import type { Finding, Reason, UnjudgedReason, WeakestLink } from './finding';
import { historyNote } from './historyNote';
import { createJudge, type Judge, type Judgement } from './judgeWhen';
import { type Entry, entriesOf, sumOf } from './ledger';
import { sigmaPoints, sigmaReasons } from './sigmaReasons';
import { tell } from './tell';
import { unjudgedReasons } from './unjudged';
import { weakestRequired } from './weakestLink';

type Cap = {
  readonly kind: 'partial' | 'join' | 'definition';
  readonly limit: number;
  readonly text: string;
};

/** A score without its words. */
export type Tally = {
  readonly entries: readonly Entry[];
  /** Reasons by hits of Sigma's rules; none of the definition's. */
  readonly sigma: readonly Reason[];
  /** Caps that hold, also those that the sum does not reach. */
  readonly caps: readonly Cap[];
  readonly sum: number;
  /** 0 to 100, after caps, before baselines. */
  readonly before: number;
  /** The same without what hits of Sigma's rules added. */
  readonly beforeSigma: number;
  /** 0 to 100, after baselines. */
  readonly points: number;
  readonly severity: Severity;
  readonly weakest: WeakestLink;
  readonly baselines: readonly HeldBaseline[];
};

type HeldBaseline = { readonly baseline: Catalogue['baselines'][number]; readonly judged: Judgement };

type Score = Pick<Tally, 'points' | 'before' | 'severity' | 'weakest'> & {
  readonly reasons: readonly Reason[];
  readonly unjudged: readonly UnjudgedReason[];
  /** Those that held the sum down. */
  readonly caps: Finding['caps'];
  readonly suppressed: boolean;
  /** Baselines that lowered or suppressed it, by id. */
  readonly baselines: readonly number[];
};

/** What scores are made with, beside the chain. */
export type Scale = Pick<Catalogue, 'severity' | 'baselines'>;

/** A chain with something required absent or blind is held here (ANALYTICS B.6). */
const PARTIAL_CAP = 60;
/** A chain that hangs on a weak or broken join is held here. */
const WEAK_CAP = 69;

/**
 * The score as a sum of reasons, held down by caps; then what people said is normal here. Blind stages cost
 * nothing: they change the status and the sentence, not the points.
 */
export function tallyOf(chain: Chain, scale: Scale, judge: Judge = createJudge(chain)): Tally {
  const entries = entriesOf(chain.analytic, judge);
  const own = sumOf(entries);
  const sigma = sigmaReasons(chain);
  const sum = own + sigmaPoints(sigma);
  const weakest = weakestRequired(chain);
  const caps: Cap[] = [];
  if (!chain.complete)
    caps.push({
      kind: 'partial',
      limit: PARTIAL_CAP,
      text: `a required stage is not proven: at most ${PARTIAL_CAP}`,
    });
  if (compareStrength(weakest.strength, 'weak') >= 0)
    caps.push({ kind: 'join', limit: WEAK_CAP, text: `${weakest.text}: at most ${WEAK_CAP}` });
  for (const { limit, text, when } of chain.analytic.caps)
    if (judge(when).held)
      caps.push({ kind: 'definition', limit, text: `${tell(text, chain)}: at most ${limit}` });
  const held = (points: number): number =>
    Math.max(0, Math.min(100, points, ...caps.map((cap) => cap.limit)));
  const [before, beforeSigma] = [held(sum), held(own)];
  const baselines = scale.baselines.flatMap((baseline): readonly HeldBaseline[] => {
    if (baseline.analytic !== chain.analytic.id || chain.anchor.time >= baseline.until) return [];
    const judged = judge(baseline.when);
    return judged.held ? [{ baseline, judged }] : [];
  });
  const lowered = baselines.reduce((total, { baseline }) => total + Math.abs(baseline.points ?? 0), 0);
  const points = Math.max(0, before - lowered);
  const severity = severityOf(points, scale.severity);
  return { entries, sigma, caps, sum, before, beforeSigma, points, severity, weakest, baselines };
}

/** A tally in words: every reason with its evidence. Suppressors and baselines come last; they hide or lower and delete nothing. */
export function scoreChain(chain: Chain, judge: Judge, tally: Tally): Score {
  const suppressing = chain.analytic.suppressors.flatMap((suppressor): readonly Reason[] => {
    const judged = judge(suppressor.when);
    if (!judged.held) return [];
    const text = tell(suppressor.text, chain);
    return [
      {
        id: suppressor.id,
        effect: 'suppresses',
        points: 0,
        text,
        counted: true,
        ...evidenceOf(suppressor.when, judged, chain, judge),
      },
    ];
  });
  const normal = tally.baselines.map(({ baseline, judged }): Reason => {
    const points = Math.abs(baseline.points ?? 0);
    return {
      id: `baseline ${baseline.id}`,
      effect: baseline.points === undefined ? 'suppresses' : 'lowers',
      points,
      text: baseline.title,
      counted: true,
      baseline: baseline.id,
      ...evidenceOf(baseline.when, judged, chain, judge),
    };
  });
  const reasons = [
    ...tally.entries.map((entry) => toReason(entry, chain, judge)),
    ...tally.sigma,
    ...suppressing,
    ...normal,
  ];
  return {
    points: tally.points,
    before: tally.before,
    severity: tally.severity,
    weakest: tally.weakest,
    reasons,
    unjudged: unjudgedReasons(chain, judge),
    caps: spentCaps(tally).map(({ limit, text }) => ({ limit, text })),
    suppressed: reasons.some((reason) => reason.effect === 'suppresses'),
    baselines: tally.baselines.map(({ baseline }) => baseline.id),
  };
}

/** The caps that held the sum down. */
export function spentCaps({ caps, sum }: Pick<Tally, 'caps' | 'sum'>): readonly Cap[] {
  return caps.filter((cap) => cap.limit < sum);
}

function toReason(entry: Entry, chain: Chain, judge: Judge): Reason {
  const { group, reason, judged, counted, points } = entry;
  const note = historyNote(reason.when, chain);
  return {
    id: reason.id,
    effect: reason.points < 0 ? 'lowers' : 'raises',
    points: Math.abs(points),
    text: tell(reason.text, chain),
    group: {
      id: group.id,
      take: group.take,
      ...(group.cap === undefined ? {} : { cap: group.cap }),
    },
    counted,
    ...(points === reason.points ? {} : { worth: Math.abs(reason.points) }),
    ...evidenceOf(reason.when, judged, chain, judge),
    ...(note === undefined ? {} : { note }),
  };
}

function evidenceOf(
  when: Parameters<Judge>[0],
  judged: Judgement,
  chain: Chain,
  judge: Judge,
): Pick<Reason, 'stage' | 'eventId' | 'why'> {
  return {
    ...(judged.stage === undefined ? {} : { stage: judged.stage }),
    ...(judged.match === undefined ? {} : { eventId: judged.match.evidence.id }),
    why: explainWhen(when, chain, judge),
  };
}

/** Whether the definition holds a partial chain worth a person's time; a complete one always is. */
export function worthKeeping(chain: Chain, judge: Judge = createJudge(chain)): boolean {
  if (chain.complete) return true;
  const anchor = stageOf(chain, chain.stages[0]?.stage.id ?? '');
  return anchor !== undefined && chain.analytic.keepPartialWhen.some((when) => judge(when).held);
}

/**
 * Whether a chain is a finding: complete, or partial with enough of a story. Baselines take nothing away here, and hits
 * of Sigma's rules add nothing: which chains are findings does not hang on the rules somebody switched on.
 */
export function isKept(chain: Chain, tally: Pick<Tally, 'beforeSigma'>, judge: Judge): boolean {
  return (
    chain.complete || (worthKeeping(chain, judge) && tally.beforeSigma >= chain.analytic.keepPartialFrom)
  );
}
