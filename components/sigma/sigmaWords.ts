import { counted } from '@/lib/base/numberWords';
import type { SigmaBacktestView } from '@/lib/contracts/sigmaBacktests';
import type { SigmaBaselineView } from '@/lib/contracts/sigmaBaselines';
import type { SigmaHitGroup, SigmaHitView } from '@/lib/contracts/sigmaHits';
import type { SigmaProgress } from '@/lib/contracts/sigmaProgress';
import type { SigmaRuleRow } from '@/lib/contracts/sigmaRules';
import type { SigmaChoice, SigmaSetView } from '@/lib/contracts/sigmaSets';

/** Whether rules are at work over what is stored. */
export function isWorking({ waiting, running, correlating }: SigmaProgress): boolean {
  return waiting > 0 || running > 0 || correlating;
}

/** How far they are: "Rules run over 3 of 12 imports"; null when nothing is at work. */
export function progressText(progress: SigmaProgress): string | null {
  const { waiting, running, done, correlating } = progress;
  if (waiting + running > 0) {
    const all = waiting + running + done;
    return `Rules run over ${done.toLocaleString('en')} of ${counted(all, 'import')}`;
  }
  return correlating ? 'Correlations are worked out over the hits' : null;
}

/** The last part of a path: the image's own name. */
export function imageName(image: string): string {
  return image.slice(Math.max(image.lastIndexOf('\\'), image.lastIndexOf('/')) + 1) || image;
}

/** What a hit is about: the process by image and pid, else the source of the record. */
export function hitSubject(hit: SigmaHitView): string {
  const { image, pid } = hit.process;
  if (image !== null) return pid === null ? imageName(image) : `${imageName(image)} (pid ${pid})`;
  return pid === null ? hit.source : `pid ${pid}`;
}

/** What stands under a group's title: how many, of what, on what. */
export function groupNote(group: SigmaHitGroup): string {
  const hits = counted(group.hits, 'hit');
  if (group.host !== null || group.rule === null)
    return group.rules === 1 ? hits : `${hits} of ${counted(group.rules, 'rule')}`;
  const on = [counted(group.hosts, 'host')];
  if (group.processes > 0) on.push(counted(group.processes, 'process', 'processes'));
  return `${hits} on ${on.join(', ')}`;
}

/** What the hosts of a rule come to, in few words; null where none is blind. */
export function blindText({ hosts }: Pick<SigmaRuleRow, 'hosts'>): string | null {
  const all = hosts.visible + hosts.partial + hosts.blind;
  if (all === 0 || hosts.blind + hosts.partial === 0) return null;
  const parts = [
    ...(hosts.blind > 0 ? [`blind on ${hosts.blind.toLocaleString('en')} of ${counted(all, 'host')}`] : []),
    ...(hosts.partial > 0 ? [`in part on ${hosts.partial.toLocaleString('en')}`] : []),
  ];
  return parts.join(', ');
}

/** Whether a rule runs, and if not, why. */
export function runsText(
  rule: Pick<SigmaRuleRow, 'ruleId' | 'enabled' | 'foreign'>,
  set: SigmaSetView | undefined,
): string {
  if (rule.enabled) return 'runs';
  if (rule.foreign) return 'no format reads such records';
  if (set?.chosen.excluded.includes(rule.ruleId)) return 'left out';
  if (set && !set.enabled) return 'its set is off';
  return 'not chosen';
}

export type RuleAct = {
  readonly label: string;
  /** What it comes to, for the message afterwards. */
  readonly said: string;
  readonly chosen: SigmaChoice;
};

/** What can be said about one rule in the choice of its set. */
export function ruleActs(set: SigmaSetView, rule: Pick<SigmaRuleRow, 'ruleId' | 'enabled'>): RuleAct[] {
  const { chosen } = set;
  const without = (ids: readonly string[]) => ids.filter((id) => id !== rule.ruleId);
  const isExcluded = chosen.excluded.includes(rule.ruleId);
  const isIncluded = chosen.included.includes(rule.ruleId);
  const acts: RuleAct[] = [];
  if (!isExcluded)
    acts.push({
      label: 'Leave it out',
      said: 'The rule is left out.',
      chosen: {
        ...chosen,
        excluded: [...chosen.excluded, rule.ruleId],
        included: without(chosen.included),
      },
    });
  if (!isIncluded && !(set.enabled && rule.enabled))
    acts.push({
      label: 'Take it in',
      said: set.enabled ? 'The rule is taken in.' : 'The rule is taken in once its set is switched on.',
      chosen: {
        ...chosen,
        included: [...chosen.included, rule.ruleId],
        excluded: without(chosen.excluded),
      },
    });
  if (isExcluded || isIncluded)
    acts.push({
      label: 'Leave it to the choice',
      said: 'The rule follows the choice of its set.',
      chosen: { ...chosen, excluded: without(chosen.excluded), included: without(chosen.included) },
    });
  return acts;
}

/** What switching a set does: "Runs 1,204 rules over 12 imports". */
export function switchText(set: SigmaSetView, imports: { count: number; more: boolean } | undefined): string {
  if (set.enabled)
    return `The ${counted(set.rules.chosen, 'rule')} it chooses no longer run, and their hits go. They come back when it is switched on again.`;
  const over =
    imports === undefined
      ? 'everything stored'
      : `${imports.more ? 'more than ' : ''}${counted(imports.count, 'import')}`;
  return `It runs ${counted(set.rules.chosen, 'rule')} over ${over}, and over each import to come. Until that is done, hits come in little by little.`;
}

/** What a set holds: "1,483 rules loaded, 1,204 chosen, 31 of other products, 4 refused". */
export function setNote({ rules }: Pick<SigmaSetView, 'rules'>): string {
  return [
    `${counted(rules.loaded, 'rule')} loaded`,
    `${rules.chosen.toLocaleString('en')} chosen`,
    ...(rules.foreign > 0 ? [`${rules.foreign.toLocaleString('en')} of products we do not read`] : []),
    ...(rules.refused > 0 ? [`${rules.refused.toLocaleString('en')} refused`] : []),
  ].join(', ');
}

/** Where a back-test is. */
export function backtestText(test: SigmaBacktestView): string {
  const { state, progress, result } = test;
  if (state === 'waiting') return 'It waits for the worker.';
  if (state === 'running')
    return progress === null
      ? 'It begins.'
      : `It has read ${progress.imports} of ${counted(progress.of, 'import')}, ${counted(progress.records, 'record')}.`;
  if (state === 'cancelled') return 'It was stopped. What it found until then is not kept.';
  if (state === 'failed') return 'It failed.';
  if (result === null) return 'It is done.';
  const hits = result.rules.reduce((sum, rule) => sum + rule.hits, 0);
  const hitting = result.rules.filter((rule) => rule.hits > 0).length;
  const tried = counted(result.rules.length, 'rule');
  const found =
    hits === 0
      ? `No hit of ${tried}`
      : `${counted(hits, 'hit')}, of ${hitting.toLocaleString('en')} of ${tried},`;
  return `${found} in ${counted(result.records, 'record')} of ${counted(result.imports, 'import')}.`;
}

/** What a baseline covers, in words: fields with their values, on which host. */
export function patternText({
  fields,
  hostName,
  host,
}: Pick<SigmaBaselineView, 'fields' | 'host' | 'hostName'>): string {
  const parts = Object.entries(fields).map(([field, values]) => `${field} is ${values.join(' or ')}`);
  const where = host === null ? 'on every host' : `on ${hostName ?? `host ${host}`}`;
  return parts.length === 0 ? `Every hit ${where}` : `${parts.join(' and ')}, ${where}`;
}
