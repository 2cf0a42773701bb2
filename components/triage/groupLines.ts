import type { FindingGroup } from '@/lib/contracts/findings';

export type Outlier = FindingGroup['outliers'][number];
/** A line of the grouped queue: a group, what differs in it, and the way to all of it. */
export type GroupLine =
  | { kind: 'group'; key: string; group: FindingGroup; open: boolean }
  | { kind: 'outlier'; key: string; group: FindingGroup; outlier: Outlier }
  | { kind: 'all'; key: string; group: FindingGroup };

/** What a group is known by on the screen. */
export function groupKey({ analytic, shape }: Pick<FindingGroup, 'analytic' | 'shape'>): string {
  return `${analytic} ${shape}`;
}

/** The lines to draw: each group, and below an unfolded one its outliers and the way to its findings. */
export function groupLines(groups: readonly FindingGroup[], unfolded: ReadonlySet<string>): GroupLine[] {
  return groups.flatMap((group): GroupLine[] => {
    const key = groupKey(group);
    const open = unfolded.has(key);
    const head: GroupLine = { kind: 'group', key, group, open };
    if (!open) return [head];
    const own = group.outliers.map(
      (outlier): GroupLine => ({
        kind: 'outlier',
        key: `${key} ${outlier.what} ${outlier.id}`,
        group,
        outlier,
      }),
    );
    return [head, ...own, { kind: 'all', key: `${key} all`, group }];
  });
}

const WENT: Record<Outlier['what'], string> = {
  destination: 'went to',
  root: 'began with',
  user: 'ran as',
  stages: 'has',
};

/** What sets a finding apart: "went to a.example; most went to b.example". */
export function outlierSentence({ what, value, usual }: Outlier): string {
  return `${WENT[what]} ${value}; most ${WENT[what].replace('has', 'have')} ${usual}`;
}

/** Outliers by finding, each with everything that sets it apart. */
export function outliersById(outliers: readonly Outlier[]): Map<string, string> {
  const all = new Map<string, string>();
  for (const outlier of outliers) {
    const before = all.get(outlier.id);
    const sentence = outlierSentence(outlier);
    all.set(outlier.id, before === undefined ? sentence : `${before}. ${sentence}`);
  }
  return all;
}

/** "Same chain on 9 hosts", "9 findings on one host". */
export function groupSize({ findings, hosts }: Pick<FindingGroup, 'findings' | 'hosts'>): string {
  const many = findings.toLocaleString('en');
  if (findings === 1) return 'one finding';
  if (hosts === 1) return `${many} findings on one host`;
  return findings === hosts ? `${many} hosts` : `${many} findings on ${hosts.toLocaleString('en')} hosts`;
}

/** "one outlier: ENG-31 went to …", "3 outliers"; empty where all agree. */
export function outlierSummary({ outliers, outliersTotal }: FindingGroup): string {
  const [first] = outliers;
  if (first === undefined || outliersTotal === 0) return '';
  if (outliersTotal === 1) return `one outlier: ${first.host} ${WENT[first.what]} ${first.value}`;
  return `${outliersTotal.toLocaleString('en')} outliers, first ${first.host}: ${WENT[first.what]} ${first.value}`;
}
