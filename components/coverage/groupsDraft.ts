import type { FleetGroups } from '@/lib/contracts/coverage';
import type { Pattern } from '@/lib/query/node';
import { matchesPattern } from '@/lib/query/wildcard';

/** One group as it is typed; `id` only tells it from the others. */
export type GroupDraft = { readonly id: number; readonly name: string; readonly patterns: string };

/** The groups as they are saved, to be changed. */
export function draftOf({ items }: Pick<FleetGroups, 'items'>): GroupDraft[] {
  return items.map(({ name, patterns }, id) => ({ id, name, patterns: patterns.join('\n') }));
}

/** Patterns of a field, one a line or parted by commas; blank ones do not count. */
export function patternsOf(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '');
}

/** What to save. */
export function bodyOf(drafts: readonly GroupDraft[]): { name: string; patterns: string[] }[] {
  return drafts.map(({ name, patterns }) => ({ name: name.trim(), patterns: patternsOf(patterns) }));
}

export type GroupProblems = { readonly name?: string; readonly patterns?: string };

/** What is wrong with each group, in the order of the groups; empty where nothing is. */
export function groupProblems(drafts: readonly GroupDraft[]): GroupProblems[] {
  const names = drafts.map(({ name }) => name.trim().toLowerCase());
  return drafts.map(({ patterns }, place) => {
    const name = names[place] ?? '';
    const list = patternsOf(patterns);
    const nameProblem =
      name === ''
        ? 'It needs a name.'
        : name === 'none'
          ? 'This word is for the hosts in no group.'
          : names.indexOf(name) !== place
            ? 'Another group has this name.'
            : undefined;
    const patternProblem =
      list.length === 0
        ? 'It needs a pattern, such as ENG-*.'
        : list.length > 100
          ? 'More than 100 patterns.'
          : list.some((pattern) => pattern.length > 200)
            ? 'A pattern is longer than 200 characters.'
            : undefined;
    return {
      ...(nameProblem ? { name: nameProblem } : {}),
      ...(patternProblem ? { patterns: patternProblem } : {}),
    };
  });
}

/** The group moved by one place, up (-1) or down (1); the same where it stands at the end. */
export function moved(drafts: readonly GroupDraft[], place: number, by: -1 | 1): GroupDraft[] {
  const next = [...drafts];
  const [one, other] = [next[place], next[place + by]];
  if (one === undefined || other === undefined) return next;
  next[place] = other;
  next[place + by] = one;
  return next;
}

/** How many of the names each group takes in, in their order, and how many are left over: the first that fits counts. */
export function countHosts(
  drafts: readonly GroupDraft[],
  names: readonly string[],
): { groups: number[]; rest: number } {
  const groups = drafts.map(() => 0);
  const patterns = drafts.map((draft) => patternsOf(draft.patterns).map(toPattern));
  let rest = 0;
  for (const name of names) {
    const place = patterns.findIndex((own) => own.some((pattern) => matchesPattern(pattern, name)));
    if (place < 0) rest += 1;
    else groups[place] = (groups[place] ?? 0) + 1;
  }
  return { groups, rest };
}

/** `*` and `?` stand for others; nothing else does. */
function toPattern(text: string): Pattern {
  return text
    .split(/([*?])/)
    .filter((part) => part !== '')
    .map((part) => (part === '*' || part === '?' ? { wild: part } : { literal: part }));
}
