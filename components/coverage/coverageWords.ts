import { counted, percentText } from '@/lib/base/numberWords';
import {
  allTime,
  type CoverageCell,
  type CoverageQuery,
  type CoverageTime,
  type CoverageView,
  visibleShare,
} from '@/lib/contracts/coverage';

export type CoverageRow = CoverageView['rows'][number];
export type CoverageColumn = CoverageView['columns'][number];

/** By how many points of percent a share rose or fell; null where either is not known. */
export function changeOf(now: number | null, before: number | null): number | null {
  return now === null || before === null ? null : Math.round((now - before) * 100);
}

/** "up 6", "down 3", "as before". */
export function changeText(points: number): string {
  if (points === 0) return 'as before';
  return `${points > 0 ? 'up' : 'down'} ${Math.abs(points)}`;
}

/** What a cell says in place of a mark: its share, or that nothing could be seen whole. */
export function cellWord(time: CoverageTime): string {
  const share = visibleShare(time);
  if (share === null) return '–';
  if (time.visible > 0) return percentText(share);
  return time.blind >= time.partial ? 'blind' : 'partial';
}

/**
 * A cell as one sentence, for who does not see it: "Callback on Engineering, 92 hosts: visible 41 % of the time, …".
 * `provenAt`: when the stage's newest replay was; absent where none proved it.
 */
export function cellSentence(stage: string, where: string, cell: CoverageCell, provenAt?: string): string {
  const on = `${stage} on ${where}, ${counted(cell.hosts, 'host')}`;
  const all = allTime(cell.time);
  if (all <= 0) return `${on}: nothing was looked at in this period.`;
  const shares = (['visible', 'partial', 'blind'] as const)
    .filter((state) => state === 'visible' || cell.time[state] > 0)
    .map((state) => `${state} ${percentText(cell.time[state] / all)}`)
    .join(', ')
    .replace(/^visible (\S+ %)/, 'visible $1 of the time');
  const hosts = (
    [
      [cell.blindHosts, 'blind'],
      [cell.partialHosts, 'partial'],
    ] as const
  )
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count.toLocaleString('en')} mostly ${word}`);
  const day = provenAt === undefined ? '' : `, the last replay on ${dayText(provenAt, { year: true })}`;
  const proven = cell.provenHosts > 0 ? [`proven on ${cell.provenHosts.toLocaleString('en')}${day}`] : [];
  const rest = [...hosts, ...proven].join(', ');
  return `${on}: ${shares}${rest === '' ? '' : `; ${rest}`}.`;
}

export type ProvenState = 'proven' | 'elsewhere' | 'old' | 'never';

/**
 * Whether a replay proved a stage on the hosts that are looked at: `elsewhere` where it is fresh but in a source none of
 * those that see the stage has, `old` where it was 90 days ago or more.
 */
export function provenState({ proof, total }: Pick<CoverageRow, 'proof' | 'total'>): ProvenState {
  if (proof === null) return 'never';
  if (!proof.fresh) return 'old';
  return total.provenHosts > 0 ? 'proven' : 'elsewhere';
}

/** What each says of a stage. */
export const PROVEN_WORDS: Readonly<Record<ProvenState, string>> = {
  proven: 'proven',
  elsewhere: 'proven in a source that no host seeing it has',
  old: 'proven long ago',
  never: 'not proven',
};

const SHORT_DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const LONG_DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A UTC day, or that of an instant: `20 Nov`, with `year` `20 Nov 2026`; what is no time comes back as it is. */
export function dayText(iso: string, { year = false } = {}): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return iso;
  return (year ? LONG_DAY : SHORT_DAY).format(at);
}

/** Which days the team's numbers are of: those of the URL, else by the clock, whatever day the newest event is of. */
export function teamDaysText({ from, to }: Pick<CoverageQuery, 'from' | 'to'>): string {
  return from === undefined && to === undefined ? 'in the last 30 days' : 'in these days';
}

/** Hours as people say them: `40 min`, `9 h`, `3 d`. */
export function hoursText(hours: number): string {
  if (hours < 1) return `${Math.max(1, Math.round(hours * 60))} min`;
  if (hours < 48) return `${Math.round(hours)} h`;
  return `${Math.round(hours / 24)} d`;
}

/** The key of a column or filter in words. */
export function keyText(key: string, by: string): string {
  if (key !== 'none') return key;
  return by === 'group' ? 'in no group' : by === 'os' ? 'unknown system' : 'no source';
}

/** "Sigma: 1,204 of 1,483 rules can be decided somewhere; 279 blind"; null while no rule runs or nothing is known. */
export function sigmaLineText(
  coverage: { rules: number; visible: number; partial: number; blind: number } | undefined,
): string | null {
  if (coverage === undefined || coverage.rules === 0) return null;
  const number = (value: number) => value.toLocaleString('en');
  const blind = coverage.blind > 0 ? `; ${number(coverage.blind)} blind` : '';
  return `Sigma: ${number(coverage.visible + coverage.partial)} of ${counted(coverage.rules, 'rule')} can be decided somewhere${blind}`;
}
