import type { EventValues } from '@/lib/contracts/events';
import { completionAt } from '@/lib/query/complete';
import { QUERY_FIELDS, queryField } from '@/lib/query/fields';
import { quoteValue } from '@/lib/query/quote';

/** One thing that may stand at the cursor: `apply` takes the place of what is typed. */
export type Suggestion = {
  readonly label: string;
  readonly apply: string;
  readonly about: string;
  /** More is to follow at once: a value after a field's name. */
  readonly more: boolean;
};
export type Suggestions = {
  readonly from: number;
  readonly to: number;
  readonly options: readonly Suggestion[];
  /** Already only what fits the typed text, in the order it is to be shown. */
  readonly fitted: boolean;
};

type ReadValues = (field: string, prefix: string) => Promise<EventValues>;

const MOST = 40;

/** What can stand at a place of a query, whole or broken; null where nothing is known. Rejects as `read` does. */
export async function suggestAt(text: string, offset: number, read: ReadValues): Promise<Suggestions | null> {
  const place = completionAt(text, offset);
  const { from, to, prefix } = place;
  if (place.what === 'field') {
    const joined = goesOn(text.slice(0, from))
      ? OPERATORS.filter(({ label }) => label.startsWith(prefix))
      : [];
    return { from, to, options: [...joined, ...fieldsLike(prefix)], fitted: true };
  }
  if (place.what === 'operator') return { from, to, options: OPERATORS, fitted: false };
  if (place.what !== 'value' || place.field === undefined) return null;
  const field = queryField(place.field);
  if (field?.values !== undefined) {
    const lower = prefix.toLowerCase();
    const options = field.values
      .filter((value) => value.includes(lower))
      .map((value) => valueOption(value, ''));
    return { from, to, options, fitted: true };
  }
  const { items, complete } = await read(place.field, prefix);
  const options = items.map(({ value, count }) =>
    valueOption(value, complete ? count.toLocaleString('en') : `at least ${count.toLocaleString('en')}`),
  );
  return { from, to, options, fitted: true };
}

const OPERATORS: readonly Suggestion[] = [
  { label: 'and', apply: 'and ', about: 'both', more: true },
  { label: 'or', apply: 'or ', about: 'either', more: true },
  { label: 'and not', apply: 'and not ', about: 'the first without the second', more: true },
];

/** Whether a condition is whole before this place, so that a joining word may follow as well. */
function goesOn(before: string): boolean {
  const text = before.trimEnd().toLowerCase();
  return text !== '' && !text.endsWith('(') && !/(^|[\s()])(and|or|not)$/.test(text);
}

/** Fields whose name begins with what is typed, then those that hold it. */
function fieldsLike(typed: string): Suggestion[] {
  const lower = typed.toLowerCase();
  const rank = (name: string) => {
    const at = name.toLowerCase().indexOf(lower);
    return at < 0 ? 3 : at === 0 ? 0 : name[at - 1] === '.' ? 1 : 2;
  };
  return QUERY_FIELDS.map((field) => ({ field, rank: rank(field.name) }))
    .filter((each) => each.rank < 3)
    .sort((a, b) => a.rank - b.rank)
    .slice(0, MOST)
    .map(({ field }) => ({ label: field.name, apply: `${field.name}:`, about: field.text, more: true }));
}

function valueOption(value: string, about: string): Suggestion {
  return { label: value, apply: `${quoteValue(value)} `, about, more: false };
}
