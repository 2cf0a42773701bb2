import { counted } from '@/lib/base/numberWords';
import type {
  AblationRow,
  ValidationCase,
  ValidationReport,
  ValidationRunSummary,
} from '@/lib/contracts/validation';

/** Whether a run waits or is at work. */
export function isOpen({ state }: Pick<ValidationRunSummary, 'state'>): boolean {
  return state === 'queued' || state === 'running';
}

/** What became of a run, or how far it is. */
export function stateText(run: Pick<ValidationRunSummary, 'state' | 'done' | 'total'>): string {
  switch (run.state) {
    case 'queued':
      return 'waits for its turn';
    case 'running':
      return run.total === 0 ? 'begins' : `replays ${run.done} of ${run.total}`;
    case 'done':
      return 'ended';
    case 'failed':
      return 'failed';
    case 'cancelled':
      return 'stopped';
  }
}

/** A run held against the one before, in words; null where there is nothing to say yet. */
export function comparedText({
  state,
  regressed,
}: Pick<ValidationRunSummary, 'state' | 'regressed'>): string | null {
  if (state !== 'done') return null;
  if (regressed === null) return 'the first of its kind';
  return regressed ? 'worse than the run before' : 'no worse than the run before';
}

/** `31 of 32`, or a dash where there is nothing to be right or wrong about. */
export function measuredText({ right, of }: { right: number; of: number }): string {
  return of === 0 ? '–' : `${right.toLocaleString('en')} of ${of.toLocaleString('en')}`;
}

const OUTCOME = { complete: 'complete', partial: 'partial', none: 'nothing' } as const;

/** What a case says, as one sentence: "expected complete (or partial), found nothing". */
export function caseText({ expected, acceptable, found }: ValidationCase): string {
  const others = acceptable.filter((one) => one !== expected).map((one) => OUTCOME[one]);
  const or = others.length === 0 ? '' : ` (or ${others.join(' or ')})`;
  return `expected ${OUTCOME[expected]}${or}, found ${OUTCOME[found]}`;
}

/** What is wrong with a case, in a word or two; how it is right where it is. */
export function verdictText({ ok, error }: Pick<ValidationCase, 'ok' | 'error'>): string {
  if (ok) return 'as labelled';
  switch (error) {
    case 'miss':
      return 'missed';
    case 'false_alarm':
      return 'false alarm';
    default:
      return 'stages differ';
  }
}

/** What taking a source away costs, as one sentence. */
export function ablationText({ lost, weakened, blindStages, partialStages }: AblationRow): string {
  const parts = [
    ...(lost > 0 ? [`${counted(lost, 'chain')} lost`] : []),
    ...(weakened > 0 ? [`${weakened.toLocaleString('en')} found only in part`] : []),
    ...(blindStages > 0 ? [`${counted(blindStages, 'stage')} blind`] : []),
    ...(partialStages > 0 ? [`${counted(partialStages, 'stage')} partial`] : []),
  ];
  return parts.length === 0 ? 'nothing changes' : parts.join(', ');
}

/** Where a case is found in the URL and among others; recordings of one name differ by their bytes. */
export function caseKey({ analytic, sha256 }: Pick<ValidationCase, 'analytic' | 'sha256'>): string {
  return `${analytic}~${sha256.slice(0, 16)}`;
}

/** The cases of a report that are looked at: of one analytic, of one sort, with words in their recording. */
export function chosenCases(
  { cases }: Pick<ValidationReport, 'cases'>,
  filter: { readonly analytic: string | null; readonly show: 'wrong' | 'all'; readonly q: string | null },
): readonly ValidationCase[] {
  const words = filter.q?.trim().toLowerCase() ?? '';
  return cases.filter(
    ({ analytic, ok, recording, title }) =>
      (filter.analytic === null || analytic === filter.analytic) &&
      (filter.show === 'all' || !ok) &&
      (words === '' ||
        recording.toLowerCase().includes(words) ||
        title?.toLowerCase().includes(words) === true),
  );
}
