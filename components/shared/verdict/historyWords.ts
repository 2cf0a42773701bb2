import type { FindingHistory } from '@/lib/contracts/findings';

export type HistoryVerdict = FindingHistory['verdicts'][number];
export type HistoryRevision = FindingHistory['revisions'][number];
export type HistoryChange = HistoryRevision['changes'][number];
export type HistoryEntry =
  | { kind: 'verdict'; at: string; verdict: HistoryVerdict }
  | { kind: 'revision'; at: string; revision: HistoryRevision };

/** Verdicts and changes by data in one line of time, newest first; of one instant, the change first. */
export function historyEntries(history: FindingHistory): HistoryEntry[] {
  const entries: HistoryEntry[] = [
    ...history.revisions.map((revision) => ({ kind: 'revision' as const, at: revision.at, revision })),
    ...history.verdicts.map((verdict) => ({ kind: 'verdict' as const, at: verdict.at, verdict })),
  ];
  return entries.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

const WHAT: Record<HistoryChange['what'], string> = {
  stage: 'Stage',
  status: 'Chain',
  severity: 'Severity',
  score: 'Score',
  version: 'Analytic version',
  suppressed: 'Baseline',
  stale: 'Data',
};

/** What changed, as its line begins. */
export function changeTitle(change: HistoryChange): string {
  return change.title ?? change.stage ?? WHAT[change.what];
}

/** What a verdict rested on, in a line: "AN1397 version 3 · score 78 · 1 blind stage, known". */
export function restedOn(verdict: HistoryVerdict): string {
  const { blindStages, baselines } = verdict;
  return [
    `analytic version ${verdict.analyticVersion}`,
    `${verdict.status}, score ${verdict.score}`,
    blindStages.length === 0
      ? ''
      : `${blindStages.length} blind ${blindStages.length === 1 ? 'stage' : 'stages'}${verdict.blindAcknowledged ? ', known' : ''}`,
    baselines.length === 0
      ? ''
      : `${baselines.length} ${baselines.length === 1 ? 'baseline' : 'baselines'} in force`,
    verdict.bulk ? 'given for several at once' : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
