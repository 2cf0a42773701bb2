import type { AnalyticChange } from '@/lib/contracts/analytics';
import type { BaselineOutlook, BaselineView } from '@/lib/contracts/baselines';
import { findingsText } from './backtestWords';

type BaselineChange = Extract<AnalyticChange, { kind: 'baseline' }>;
export type BaselineDraft = {
  analytic: string;
  title: string;
  when: string;
  /** Null suppresses. */
  points: number | null;
  reason: string;
  owner: string;
  /** Day as `2027-01-31`; the baseline covers what begins before its end, UTC. */
  expires: string;
};

const DAY = 24 * 60 * 60 * 1000;
/** Baselines that end within this many days are marked. */
const SOON_DAYS = 14;

/** The last day a baseline may run to: a year from now. */
export function latestExpiry(now: number): string {
  return new Date(now + 365 * DAY).toISOString().slice(0, 10);
}

/** The end a draft has at first, 90 days from now, as `2027-01-31`; empty while the time is not known (0). */
export function proposedExpiry(now: number): string {
  return now === 0 ? '' : dayAfter(now, 90);
}

/** A day from now, as `2027-01-31`. */
export function dayAfter(now: number, days: number): string {
  return new Date(now + days * DAY).toISOString().slice(0, 10);
}

/** What is still missing or wrong, by field; empty when it can be tried. */
export function baselineProblems(
  draft: BaselineDraft,
  now: number,
): Partial<Record<keyof BaselineDraft, string>> {
  const problems: Partial<Record<keyof BaselineDraft, string>> = {};
  if (draft.analytic === '') problems.analytic = 'Choose the analytic whose chains are normal here.';
  if (draft.title.trim() === '') problems.title = 'Name what is normal, as the queue will show it.';
  if (draft.when.trim() === '') problems.when = 'Say which chains: a condition as a reason takes it.';
  if (draft.points !== null && !(draft.points >= 1 && draft.points <= 100))
    problems.points = 'Lower by 1 to 100 points.';
  if (draft.reason.trim() === '') problems.reason = 'Say why it is normal: the next person reads it.';
  if (draft.owner.trim() === '') problems.owner = 'Name who answers for it.';
  const expiry = expiryProblem(draft.expires, now);
  if (expiry) problems.expires = expiry;
  return problems;
}

function expiryProblem(day: string, now: number): string | undefined {
  const at = Date.parse(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(at))
    return 'Choose a day: what is normal is looked at again.';
  if (at <= now) return 'Choose a day to come.';
  return day > latestExpiry(now) ? `No later than ${latestExpiry(now)}: one year.` : undefined;
}

/** The change that a whole draft asks for. */
export function baselineChange(draft: BaselineDraft): BaselineChange {
  return {
    kind: 'baseline',
    title: draft.title.trim(),
    when: draft.when,
    points: draft.points,
    reason: draft.reason.trim(),
    owner: draft.owner.trim(),
    expiresAt: new Date(`${draft.expires}T00:00:00Z`).toISOString(),
  };
}

/** "hides" or "lowers by 15". */
export function effectWord({ points }: Pick<BaselineView, 'points'>): string {
  return points === null ? 'hides' : `lowers by ${points}`;
}

/** How long a baseline still runs, in one unit: "in 3 d", "in 5 mo", "12 d ago". */
export function expiryText(expiresAt: string, now: number): string {
  const days = Math.ceil((Date.parse(expiresAt) - now) / DAY);
  const size = Math.abs(days);
  const length = size < 60 ? `${size} d` : `${Math.round(size / 30)} mo`;
  if (days === 0) return 'today';
  return days > 0 ? `in ${length}` : `${length} ago`;
}

/** Whether an active baseline runs out soon enough to be looked at. */
export function endsSoon(baseline: Pick<BaselineView, 'state' | 'expiresAt'>, now: number): boolean {
  return baseline.state === 'active' && Date.parse(baseline.expiresAt) - now < SOON_DAYS * DAY;
}

/** What comes back when it is revoked, and what comes after its end. */
export function outlookText(
  { state }: Pick<BaselineView, 'state'>,
  { returns, isCut, lately }: BaselineOutlook,
): string {
  if (state === 'waiting') return 'It hides nothing yet, so nothing would come back.';
  if (state === 'revoked') return 'It was revoked: what it hid is back.';
  const back = `Were it revoked, ${isCut ? 'at least ' : ''}${findingsText(returns)} would return.`;
  const after =
    state === 'expired'
      ? 'Its end brought nothing back: what began before stays covered.'
      : `Its end brings nothing back; what begins after it comes to the queue: ${findingsText(lately)} it covered began in the last 30 days.`;
  return `${back} ${after}`;
}

/** Those that wait for a person first, then active ones that end first, then what is over, the latest first. */
export function inOrder(baselines: readonly BaselineView[]): readonly BaselineView[] {
  const rank = ({ state }: BaselineView) => (state === 'waiting' ? 0 : state === 'active' ? 1 : 2);
  return baselines.toSorted(
    (a, b) =>
      rank(a) - rank(b) || (rank(a) < 2 ? 1 : -1) * (Date.parse(a.expiresAt) - Date.parse(b.expiresAt)),
  );
}
