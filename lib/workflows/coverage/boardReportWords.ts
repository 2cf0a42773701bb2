import { counted, percentText } from '../../base/numberWords';
import { formatDuration, MICROS_PER_MINUTE } from '../../base/time';
import type { CoverageFix, CoverageTime, CoverageView } from '../../contracts/coverage';
import type { MetricsView, Share } from '../../contracts/metrics';
import type { ValidationRunSummary } from '../../contracts/validation';
import { allTime, visibleShare } from '../../coverage/seenTime';

/** What the board report is made of: the same numbers as the page's. */
export type BoardReport = {
  readonly madeAt: Date;
  readonly coverage: CoverageView;
  readonly fixes: readonly CoverageFix[];
  readonly metrics: MetricsView;
  /** The newest that is done over all recordings; undefined when there is none. */
  readonly validation: ValidationRunSummary | undefined;
};

/** One of the four numbers of the report's head. */
export type HeadNumber = {
  readonly value: string;
  readonly words: string;
  /** By week, oldest first; null where there was nothing to count. */
  readonly weeks: readonly (number | null)[];
  /** What the weeks are held against: 1 for shares; null for the most of them. */
  readonly top: number | null;
};

/** The four numbers: can we see it, is it proven, what rests on nothing, are we good at it. */
export function headNumbers({ coverage, metrics }: BoardReport): readonly HeadNumber[] {
  const { total, before, hosts, proven, weeks } = coverage;
  const precision = metrics.precision.bySeverity[0];
  const blind = precision?.blindLimited.n ?? 0;
  return [
    {
      value: percentText(visibleShare(total)),
      words: `of stage-hours on ${counted(hosts, 'host')} could be seen${changed(total, before)}`,
      weeks: weeks.map(({ time }) => visibleShare(time)),
      top: 1,
    },
    {
      value: `${proven.stages} of ${proven.of}`,
      words: `stages are proven by a replayed attack${proven.lastAt === null ? '' : `, last on ${dayText(proven.lastAt)}`}`,
      weeks: [],
      top: null,
    },
    {
      value: blind.toLocaleString('en'),
      words: `of ${counted(precision?.blindLimited.of ?? 0, 'verdict')} rest on a blind stage`,
      weeks: metrics.weeks.map(({ blindLimited }) => blindLimited),
      top: null,
    },
    {
      value: shareText(precision?.precision),
      words: `precision${intervalText(precision?.precision)}`,
      weeks: metrics.weeks.map((week) => week.precision.share),
      top: 1,
    },
  ];
}

/** Facts of the team's work, as a label and a value each. */
export function teamFacts({ metrics }: BoardReport): readonly (readonly [label: string, value: string])[] {
  const times = metrics.times.bySeverity[0];
  const backlog = metrics.backlog.bySeverity[0];
  const clocks = metrics.clocks.bySeverity[0];
  const older = backlog?.ages[3] ?? 0;
  return [
    ['Finding to verdict, median', minutesText(times?.verdict.median ?? null)],
    [
      'Precision',
      `${shareText(metrics.precision.bySeverity[0]?.precision)}${intervalText(metrics.precision.bySeverity[0]?.precision)}`,
    ],
    [
      'Backlog',
      `${counted(backlog?.open ?? 0, 'finding')} open${older > 0 ? `, ${older.toLocaleString('en')} older than 30 days` : ''}`,
    ],
    [
      'Service clocks kept',
      `${shareText(clocks?.kept)}${clocks !== undefined && clocks.breachedNow > 0 ? `, ${clocks.breachedNow.toLocaleString('en')} past their time now` : ''}`,
    ],
    [
      'Alerts to chains',
      `${metrics.alerts.alerts.toLocaleString('en')} to ${metrics.alerts.chains.toLocaleString('en')}`,
    ],
    ['Chains no alert noticed', metrics.alerts.unnoticed.toLocaleString('en')],
  ];
}

/** The last validation as one sentence. */
export function validationSentence({ validation }: BoardReport): string {
  if (validation === undefined || validation.numbers === null)
    return 'No validation has been run over all recordings.';
  const { recordings, cases, wrong, recall, precision } = validation.numbers;
  const compared =
    validation.regressed === null
      ? ''
      : validation.regressed
        ? ' REGRESSED: it finds less, or raises more, than the run before.'
        : ' No worse than the run before.';
  return (
    `${dayText(validation.endedAt ?? validation.createdAt)}: ${recall.right} of ${recall.of} labelled chains found, ` +
    `${precision.right} of ${precision.of} raised were labelled, ${wrong} of ${counted(cases, 'case')} wrong, ` +
    `over ${counted(recordings, 'recording')}; signed.${compared}`
  );
}

/** What the numbers leave out or cannot say, as sentences. */
export function blindSpots({ coverage }: BoardReport): readonly string[] {
  const { total, quietTotal, unknown, retired, proven } = coverage;
  const all = allTime(total);
  return [
    all <= 0
      ? 'Nothing was recorded in this period: nothing can be said about it.'
      : `In ${percentText(total.blind / all)} of the time a stage could not be seen at all, in ${percentText(total.partial / all)} only in part: what happened then is not known to be absent.`,
    ...(quietTotal > 0
      ? [`${counted(quietTotal, 'host')} went quiet and count${quietTotal === 1 ? 's' : ''} as blind since.`]
      : []),
    ...(proven.of > proven.stages
      ? [
          `${counted(proven.of - proven.stages, 'stage')} can be seen at best: no replay proved them on these hosts.`,
        ]
      : []),
    ...(unknown > 0
      ? [`${counted(unknown, 'host')} ${unknown === 1 ? 'was' : 'were'} not looked at yet.`]
      : []),
    ...(retired > 0
      ? [`${counted(retired, 'host')} no longer expected to report ${retired === 1 ? 'is' : 'are'} left out.`]
      : []),
    'Hosts that never sent anything are not known here.',
  ];
}

/** The whole report in one line, for a mail. */
export function boardSentence(report: BoardReport): string {
  const { coverage, fixes, metrics } = report;
  const [first] = fixes;
  const median = metrics.times.bySeverity[0]?.verdict.median ?? null;
  const parts = [
    `${percentText(visibleShare(coverage.total))} visible on ${counted(coverage.hosts, 'host')}${changed(coverage.total, coverage.before)}`,
    `${coverage.proven.stages} of ${coverage.proven.of} stages proven`,
    `precision ${shareText(metrics.precision.bySeverity[0]?.precision)}`,
    ...(median === null ? [] : [`median ${minutesText(median)} to verdict`]),
    ...(coverage.quietTotal > 0 ? [`${counted(coverage.quietTotal, 'host')} went quiet`] : []),
    ...(report.validation?.regressed === true ? ['the last validation REGRESSED'] : []),
    ...(first === undefined ? [] : [`most worthwhile: ${first.title}`]),
  ];
  return `Coverage ${dayText(coverage.from)} to ${dayText(coverage.to)}: ${parts.join('; ')}.`;
}

const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

/** A UTC day, or that of an instant: `20 Nov 2026`. */
export function dayText(iso: string): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? iso : DAY.format(at);
}

/** Minutes as people say them; `–` for null. */
function minutesText(minutes: number | null): string {
  return minutes === null ? '–' : formatDuration(minutes * MICROS_PER_MINUTE);
}

function changed(now: CoverageTime, before: CoverageTime): string {
  const [share, was] = [visibleShare(now), visibleShare(before)];
  if (share === null || was === null) return '';
  const points = Math.round((share - was) * 100);
  return points === 0 ? ', as before' : `, ${points > 0 ? 'up' : 'down'} ${Math.abs(points)} points`;
}

function shareText(share: Share | undefined): string {
  return percentText(share?.share ?? null);
}

function intervalText(share: Share | undefined): string {
  if (share === undefined || share.low === null || share.high === null)
    return ', no verdicts to tell it from';
  return ` (${Math.round(share.low * 100)} to ${Math.round(share.high * 100)} %, ${counted(share.of, 'verdict')})`;
}
