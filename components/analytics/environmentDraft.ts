import type { AnalyticChange, EnvironmentView } from '@/lib/contracts/analytics';
import { sameValue } from './tuningDraft';

export type EnvironmentChange = Extract<AnalyticChange, { kind: 'environment' }>;
export type Scale = EnvironmentView['severity'];
export const LEVELS = ['critical', 'high', 'medium', 'low'] as const;

/** The settings in force: the scale, and the lists that differ from what is shipped. */
export function environmentInForce({ lists, severity }: EnvironmentView): EnvironmentChange {
  const changed = lists.filter(({ values, shipped }) => !sameValue(values, shipped));
  return {
    kind: 'environment',
    lists: Object.fromEntries(changed.map(({ name, values }) => [name, values])),
    severity,
  };
}

/** Sets a list; what is shipped is not written down. */
export function withList(
  draft: EnvironmentChange,
  { name, shipped }: Pick<EnvironmentView['lists'][number], 'name' | 'shipped'>,
  values: string[],
): EnvironmentChange {
  const { [name]: _, ...rest } = draft.lists;
  return { ...draft, lists: sameValue(values, shipped) ? rest : { ...rest, [name]: values } };
}

export function listIn(
  draft: EnvironmentChange,
  { name, shipped }: EnvironmentView['lists'][number],
): string[] {
  return draft.lists[name] ?? shipped;
}

/** What a draft changes of what is in force, one short name each. */
export function environmentChanges(inForce: EnvironmentView, draft: EnvironmentChange): readonly string[] {
  return [
    ...LEVELS.filter((level) => draft.severity[level] !== inForce.severity[level]).map(
      (level) => `${level} from ${draft.severity[level]}`,
    ),
    ...inForce.lists
      .filter((list) => !sameValue(listIn(draft, list), list.values))
      .map(({ name }) => `%${name}%`),
  ];
}

/** Why a scale cannot be: each level begins below the one above it; null when it can. */
export function scaleProblem(scale: Scale): string | null {
  const outside = LEVELS.find((level) => !(scale[level] >= 1 && scale[level] <= 100));
  if (outside) return `The score for ${outside} is a number from 1 to 100.`;
  for (const [place, level] of LEVELS.entries()) {
    const above = LEVELS[place - 1];
    if (above !== undefined && scale[level] >= scale[above])
      return `${level.charAt(0).toUpperCase()}${level.slice(1)} must begin below ${above}.`;
  }
  return null;
}

/** Lists whose name or any value has the words. */
export function listsFound(
  lists: EnvironmentView['lists'],
  words: string,
): readonly EnvironmentView['lists'][number][] {
  const wanted = words.trim().toLowerCase().replaceAll('%', '');
  if (wanted === '') return lists;
  return lists.filter(
    ({ name, about, values }) =>
      name.toLowerCase().includes(wanted) ||
      about.toLowerCase().includes(wanted) ||
      values.some((value) => value.toLowerCase().includes(wanted)),
  );
}
