import type { AnalyticView } from '@/lib/contracts/analytics';

export type AnalyticStage = AnalyticView['stages'][number];
type AnalyticRecord = AnalyticView['record'];
export type Coverage = AnalyticStage['coverage'];

export const ORIGIN_WORD: Record<AnalyticView['origin'], string> = {
  shipped: 'As shipped',
  tuned: 'Tuned here',
  own: 'Your own',
};

/** Share of right verdicts as "92 % of 25 verdicts", or that there is none yet. */
export function precisionText(record: AnalyticRecord): string {
  const verdicts = record.truePositive + record.benignTruePositive + record.falsePositive;
  if (record.precision === null || verdicts === 0) return 'no verdicts yet';
  return `${Math.round(record.precision * 100)} % of ${verdicts.toLocaleString('en')} ${verdicts === 1 ? 'verdict' : 'verdicts'} right`;
}

/** "Visible on 12, partial on 3, blind on 1 of 16 hosts". */
export function coverageSentence({ hosts, visible, partial, blind }: Coverage): string {
  if (hosts === 0) return 'Not known yet';
  const of = `of ${hosts.toLocaleString('en')} ${hosts === 1 ? 'host' : 'hosts'}`;
  const all = hosts === 1 ? 'the one host' : `all ${hosts.toLocaleString('en')} hosts`;
  if (visible === hosts) return `Visible on ${all}`;
  if (blind === hosts) return `Blind on ${all}`;
  const parts = [
    [visible, 'visible'],
    [partial, 'partial'],
    [blind, 'blind'],
  ] as const;
  const text = parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${word} on ${count.toLocaleString('en')}`)
    .join(', ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)} ${of}`;
}

/** The sentence of an analytic's row for all its stages: the one that is blind on most hosts, or that none is. */
export function stagesSentence(stages: readonly AnalyticStage[]): string {
  const hosts = Math.max(0, ...stages.map(({ coverage }) => coverage.hosts));
  if (hosts === 0) return 'Not known yet';
  const of = `of ${hosts.toLocaleString('en')} ${hosts === 1 ? 'host' : 'hosts'}`;
  const [worst, ...rest] = stages
    .filter(({ coverage }) => coverage.blind > 0)
    .toSorted((a, b) => b.coverage.blind - a.coverage.blind);
  if (worst === undefined) {
    const partial = stages.filter(({ coverage }) => coverage.partial > 0).length;
    return partial === 0
      ? 'Every stage visible on every host'
      : `No stage blind, ${partial} partial somewhere`;
  }
  const more = rest.length === 0 ? '' : `; ${rest.length} more blind somewhere`;
  return `${worst.title}: blind on ${worst.coverage.blind.toLocaleString('en')} ${of}${more}`;
}

/** Stages as the definition reads: those of one group together, each where its first stage stands. */
export function stageBlocks(
  analytic: Pick<AnalyticView, 'stages' | 'groups'>,
): readonly { group: AnalyticView['groups'][number] | null; stages: readonly AnalyticStage[] }[] {
  const blocks: { group: AnalyticView['groups'][number] | null; stages: AnalyticStage[] }[] = [];
  for (const stage of analytic.stages) {
    const group = analytic.groups.find(({ id }) => id === stage.group) ?? null;
    const block = group === null ? undefined : blocks.find((each) => each.group?.id === group.id);
    if (block) block.stages.push(stage);
    else blocks.push({ group, stages: [stage] });
  }
  return blocks;
}

/** What a stage is to the chain. */
export function stageDuty(stage: Pick<AnalyticStage, 'anchor' | 'required' | 'group'>): string {
  if (stage.anchor) return 'anchor, required';
  if (stage.required) return 'required';
  return stage.group === null ? 'optional, adds to the score' : 'alternative';
}

/** A text with its places for facts apart, as `{execution.target}` and `{a.b|fallback}`. */
export function templateParts(text: string): readonly { text: string; place: boolean; at: number }[] {
  return text
    .split(/(\{[^{}]*\})/)
    .reduce<{ text: string; place: boolean; at: number }[]>((parts, piece, index) => {
      const at = parts.reduce((sum, part) => sum + part.text.length, 0);
      if (piece !== '') parts.push({ text: piece, place: index % 2 === 1, at });
      return parts;
    }, []);
}

/** A sentence of a definition with the names of shared lists, as `%browser%`, apart from the words. */
export function sentenceParts(text: string): readonly { text: string; list: string | null; at: number }[] {
  const parts: { text: string; list: string | null; at: number }[] = [];
  let from = 0;
  for (const found of text.matchAll(/%([a-z0-9_]+)%/g)) {
    if (found.index > from) parts.push({ text: text.slice(from, found.index), list: null, at: from });
    parts.push({ text: found[0], list: found[1] ?? null, at: found.index });
    from = found.index + found[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), list: null, at: from });
  return parts;
}

/** Points with their sign: "+20", "−10", "0". */
export function signed(points: number): string {
  return points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0';
}

/** Reasons by their group, in the order of the definition. */
export function reasonGroups(
  reasons: AnalyticView['reasons'],
): readonly { group: string; reasons: AnalyticView['reasons'] }[] {
  const groups = new Map<string, AnalyticView['reasons']>();
  for (const reason of reasons) groups.set(reason.group, [...(groups.get(reason.group) ?? []), reason]);
  return [...groups].map(([group, inGroup]) => ({ group, reasons: inGroup }));
}

/** An address that may be opened; anything but http(s) is shown as text only. */
export function outsideUrl(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? url : null;
}

/** Fixes over all stages: the same one counted once, with the most hosts it helps on and the stages it opens. */
export function allFixes(
  stages: readonly Pick<AnalyticStage, 'title' | 'coverage'>[],
): readonly { fix: string; why: string; hosts: number; stages: readonly string[] }[] {
  const fixes = new Map<string, { fix: string; why: string; hosts: number; stages: string[] }>();
  for (const stage of stages)
    for (const { fix, why, hosts } of stage.coverage.fixes) {
      const known = fixes.get(fix);
      if (known === undefined) fixes.set(fix, { fix, why, hosts, stages: [stage.title] });
      else {
        known.hosts = Math.max(known.hosts, hosts);
        if (!known.stages.includes(stage.title)) known.stages.push(stage.title);
      }
    }
  return [...fixes.values()].sort((a, b) => b.stages.length * b.hosts - a.stages.length * a.hosts);
}
