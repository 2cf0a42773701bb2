import { plainText } from './plainText';

/** HTML that is safe to put into a page: made by `html` alone, every value in it escaped. */
export type Html = { readonly markup: string };

type Value = Html | string | number | null | readonly Html[];

/** A piece of a page: values are escaped, what is already HTML is put in as it is, null is nothing. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  return {
    markup: parts.map((part, i) => part + (i < values.length ? markupOf(values[i] ?? null) : '')).join(''),
  };
}

/** One piece per item. */
export function each<Item>(items: readonly Item[], piece: (item: Item, place: number) => Html): Html {
  return { markup: items.map((item, place) => piece(item, place).markup).join('') };
}

/** Nothing. */
export const NONE: Html = { markup: '' };

function markupOf(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'number') return escaped(plainText(String(value)));
  return 'markup' in value ? value.markup : value.map((one) => one.markup).join('');
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}
