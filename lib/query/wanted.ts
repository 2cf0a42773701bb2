import { addressBlock } from './addressBlock';
import type { QueryField } from './fields';
import { nearestNames } from './nearestNames';
import type { Part, Wanted } from './node';
import { timeSpanOf } from './timeSpan';
import { matchesPattern } from './wildcard';

/** What a value means for its field, or what is wrong with it. */
export type Reading = Wanted | { readonly mistake: string };

/** A value as the query wrote it. */
export type WrittenValue = { readonly parts: readonly Part[]; readonly quoted: boolean };

/** The text of a value without wildcards; undefined with one. */
export function plainText(parts: readonly Part[]): string | undefined {
  return parts.every((part) => 'literal' in part)
    ? parts.map((part) => ('literal' in part ? part.literal : '')).join('')
    : undefined;
}

/** Whether a value is the lone `*`. */
export function isAnything(parts: readonly Part[]): boolean {
  const [only] = parts;
  return parts.length === 1 && only !== undefined && 'wild' in only && only.wild === '*';
}

/** Reads a value by the type of its field. */
export function readWanted(field: QueryField, { parts, quoted }: WrittenValue): Reading {
  const text = plainText(parts);
  switch (field.type) {
    case 'number':
      return text === undefined ? noWildcards(field) : readNumber(field, text);
    case 'time':
      return text === undefined ? noWildcards(field) : readTime(field, text);
    case 'ip':
      return text === undefined ? { type: 'pattern', pattern: parts } : readAddress(text, quoted);
    case 'keyword':
    case 'text':
      return refuseUnknown(field, parts, text) ?? ofText(parts, text);
  }
}

function ofText(parts: readonly Part[], text: string | undefined): Wanted {
  return text === undefined ? { type: 'pattern', pattern: parts } : { type: 'text', text };
}

function noWildcards(field: QueryField): Reading {
  const use = field.type === 'time' ? 'a part of a time such as 2026-11-20, or' : '';
  return { mistake: `${field.name} takes no wildcards: use ${use} < and >.`.replace('  ', ' ') };
}

const NUMBER = /^-?\d{1,15}(\.\d{1,6})?$/;

function readNumber(field: QueryField, text: string): Reading {
  return NUMBER.test(text)
    ? { type: 'number', number: Number(text) }
    : { mistake: `${field.name} is a number, and this is none.` };
}

function readTime(field: QueryField, text: string): Reading {
  const span = timeSpanOf(text);
  return span === undefined
    ? { mistake: `${field.name} is a time: write it as 2026-11-20 or 2026-11-20T09:16:31Z.` }
    : { type: 'span', ...span };
}

/** Unquoted, what looks like an address must be one; in quotes anything is a text that may have been recorded. */
function readAddress(text: string, quoted: boolean): Reading {
  const block = addressBlock(text);
  if (block !== undefined) return { type: 'address', block, text };
  if (quoted) return { type: 'text', text };
  return {
    mistake: text.includes('/')
      ? 'This is no block of addresses: write it as 10.0.0.0/8 or fe80::/10.'
      : 'This is no address: write 192.0.2.1, fe80::1, a block such as 10.0.0.0/8, or 10.* with a wildcard.',
  };
}

/** Of a field with a fixed list, a value must be on it. */
function refuseUnknown(
  field: QueryField,
  parts: readonly Part[],
  text: string | undefined,
): Reading | undefined {
  if (field.values === undefined) return undefined;
  const typed = text ?? '';
  const known =
    text === undefined
      ? field.values.some((value) => matchesPattern(parts, value))
      : field.values.includes(text.toLowerCase());
  if (known) return undefined;
  const near = nearestNames(typed, field.values);
  return {
    mistake: `${field.name} is never this. ${near.length > 0 ? `Did you mean ${near.join(' or ')}?` : `It is one of ${field.values.slice(0, 4).join(', ')}, …`}`,
  };
}
