import type { SigmaHitView } from '@/lib/contracts/sigma';
import type { BaselinePattern } from './sigmaQueries';

/** One field of a baseline as it is drafted: values one to a line, wildcards as in a rule. */
export type FieldDraft = { readonly field: string; readonly on: boolean; readonly text: string };

/** What values a record has are cut to where they are told (lib/sigma/hit.ts), in characters. */
const CUT = 1_000;
/** Longest value that is proposed; escapes can at most double it, and the API takes 4,000. */
const MOST = 1_900;
export const MOST_FIELDS = 20;
const MOST_VALUES = 100;
const LONGEST = 4_000;

/** A value as a pattern that means just it: `*`, `?` and backslashes before them escaped as Sigma has it. */
export function literalPattern(value: string): string {
  const cut = value.length >= CUT;
  const text = value.slice(0, MOST);
  const escaped = text
    .replaceAll(/\\(?=[\\*?])/g, '\\\\')
    .replaceAll(/[*?]/g, '\\$&')
    // A line each is a value of its own: what breaks a line inside of one is any one character.
    .replaceAll(/[\r\n]/g, '?');
  // A backslash at the very end would escape the wildcard.
  return cut ? `${escaped.endsWith('\\') ? `${escaped}\\` : escaped}*` : escaped;
}

/** Fields first offered, in this order; User is for whoever wants it. */
const OFFERED = ['Image', 'ParentImage', 'CommandLine', 'User'] as const;
const ON = new Set<string>(['Image', 'ParentImage', 'CommandLine']);

/**
 * What a baseline of this hit begins with: image, parent, command line and user as far as they are known, then what
 * else the rule matched, which is on where nothing else would narrow it.
 */
export function proposedFields({ process, matched }: SigmaHitView): FieldDraft[] {
  const known = new Map<string, string>();
  if (process.image !== null) known.set('Image', process.image);
  if (process.commandLine !== null) known.set('CommandLine', process.commandLine);
  if (process.user !== null) known.set('User', process.user);
  for (const { field, value } of matched)
    if (field !== null && value !== '' && !known.has(field)) known.set(field, value);
  const names = [
    ...OFFERED.filter((field) => known.has(field)),
    ...[...known.keys()].filter((field) => !(OFFERED as readonly string[]).includes(field)),
  ].slice(0, MOST_FIELDS);
  const bare = !names.some((field) => ON.has(field));
  return names.map((field) => ({
    field,
    on: ON.has(field) || (bare && field !== 'User'),
    text: literalPattern(known.get(field) ?? ''),
  }));
}

/** Values of a draft: its lines that are not empty, each once. */
export function valuesOf({ text }: Pick<FieldDraft, 'text'>): string[] {
  return [...new Set(text.split('\n').filter((line) => line.trim() !== ''))];
}

/** What is wrong with a field that is on; undefined when nothing is. */
export function fieldProblem(draft: FieldDraft): string | undefined {
  if (!draft.on) return undefined;
  const values = valuesOf(draft);
  if (values.length === 0) return 'Give a value, or switch the field off.';
  if (values.length > MOST_VALUES) return `At most ${MOST_VALUES} values.`;
  return values.some((value) => value.length > LONGEST)
    ? `A value has at most ${LONGEST.toLocaleString('en')} characters.`
    : undefined;
}

/** The pattern that a draft asks for; null while a field is wrong or nothing narrows it at all. */
export function patternOf(
  hit: Pick<SigmaHitView, 'rule' | 'host'>,
  fields: readonly FieldDraft[],
  here: boolean,
): BaselinePattern | null {
  const on = fields.filter((field) => field.on);
  if ((on.length === 0 && !here) || on.some((field) => fieldProblem(field) !== undefined)) return null;
  return {
    ruleId: hit.rule.ruleId,
    host: here ? hit.host.id : null,
    fields: Object.fromEntries(on.map((field) => [field.field, valuesOf(field)])),
  };
}

/** A title to begin with: the rule, on what. */
export function proposedTitle({ rule, process }: Pick<SigmaHitView, 'rule' | 'process'>): string {
  const image = process.image?.slice(
    Math.max(process.image.lastIndexOf('\\'), process.image.lastIndexOf('/')) + 1,
  );
  return (image ? `${image}: ${rule.title}` : rule.title).slice(0, 200);
}
