import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import type { BaselinePattern } from './sigmaQueries';

/** One field of a baseline as it is drafted: values one to a line, wildcards as in a rule. */
export type FieldDraft = { readonly field: string; readonly on: boolean; readonly text: string };

/** What the values a baseline compares are cut to where they are stored (lib/sigma/sources/hitFacts), in characters. */
const CUT = 1_000;
export const MOST_FIELDS = 20;
const MOST_VALUES = 100;
/** Longest value, and most `*` and `?` in all values, escaped ones too, that the API takes (lib/contracts/sigma). */
const LONGEST = 2_001;
const MOST_WILDCARDS = 200;
/** Of these, in one value that is proposed: others have some too. */
const PROPOSED_WILDCARDS = 150;
/** Kept free for the end of a value that goes on: a backslash and a wildcard. */
const END = 2;

/**
 * A value as a pattern that means just it: `*`, `?` and backslashes before them escaped as Sigma has it. One that was cut
 * where it is stored, or whose pattern would be too long, ends with `*`.
 */
export function literalPattern(value: string): string {
  const signs = [...value];
  let pattern = '';
  let wildcards = 0;
  for (const [place, sign] of signs.entries()) {
    const piece = patternOfSign(sign, signs[place + 1]);
    wildcards += wildcardsIn(piece);
    if (pattern.length + piece.length > LONGEST - END || wildcards >= PROPOSED_WILDCARDS)
      return openEnded(pattern);
    pattern += piece;
  }
  // A sign that would have been halved is left out where a value is cut.
  return value.length >= CUT - 1 ? openEnded(pattern) : pattern;
}

function patternOfSign(sign: string, next: string | undefined): string {
  // A line each is a value of its own: what breaks a line inside of one is any one character.
  if (sign === '\n' || sign === '\r') return '?';
  if (sign === '*' || sign === '?') return `\\${sign}`;
  return sign === '\\' && next !== undefined && '\\*?\n\r'.includes(next) ? '\\\\' : sign;
}

/** The pattern of a beginning. A single backslash at its end would escape the wildcard. */
function openEnded(pattern: string): string {
  const slashes = pattern.length - pattern.replace(/\\+$/, '').length;
  return `${pattern}${slashes % 2 === 1 ? '\\' : ''}*`;
}

/** Fields first offered, in this order, and on at first. */
const ON = ['Image', 'SourceImage', 'CommandLine', 'ParentImage'] as const;

/**
 * What a baseline of this hit begins with, of the fields that are stored with it, since only those are compared: image,
 * command line and parent, which are on; then what the rule matched, which is on where nothing else would narrow it;
 * then the rest, off.
 */
export function proposedFields({ fields, matched }: Pick<SigmaHitView, 'fields' | 'matched'>): FieldDraft[] {
  const known = new Map(Object.entries(fields).filter(([, value]) => value !== ''));
  const usual = ON.filter((field) => known.has(field));
  const found = new Set(matched.flatMap(({ field }) => (field !== null && known.has(field) ? [field] : [])));
  const names = [...new Set([...usual, ...found, ...known.keys()])].slice(0, MOST_FIELDS);
  const on = new Set<string>(usual.length > 0 ? usual : found.size > 0 ? found : names.slice(0, 1));
  return names.map((field) => ({ field, on: on.has(field), text: literalPattern(known.get(field) ?? '') }));
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

function wildcardsIn(value: string): number {
  return value.match(/[*?]/g)?.length ?? 0;
}

/** What is wrong with a draft as a whole; undefined when nothing is but what its fields say. */
export function draftProblem(fields: readonly FieldDraft[]): string | undefined {
  const on = fields.filter((field) => field.on);
  if (on.length === 0) return 'Switch at least one field on.';
  const wildcards = on.reduce((sum, field) => sum + wildcardsIn(valuesOf(field).join('')), 0);
  return wildcards > MOST_WILDCARDS
    ? `All values together have at most ${MOST_WILDCARDS} signs * and ?, also where they are escaped.`
    : undefined;
}

/** The pattern that a draft asks for; null while a field is wrong or none is on: a whole rule is left out instead. */
export function patternOf(
  hit: Pick<SigmaHitView, 'rule' | 'host'>,
  fields: readonly FieldDraft[],
  here: boolean,
): BaselinePattern | null {
  const on = fields.filter((field) => field.on);
  if (draftProblem(fields) !== undefined || on.some((field) => fieldProblem(field) !== undefined))
    return null;
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
