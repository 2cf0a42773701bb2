import { type EventKind, NUMBER_FIELDS, TEXT_FIELDS } from '../../events/endpointEvent';
import { type Product, WINDOWS_EVENT_LOG } from '../../events/product';
import type { EventDraft } from '../../events/record';
import type { SigmaRecord, SigmaSource } from '../record';
import { UNKNOWN } from '../rule';
import { categoriesOfKind } from './categories';
import { looseName } from './fieldText';
import { productFields } from './productFields';

/** How rules see the events of one kind that a product wrote which is no log of Windows. */
export function productSource(product: Product, kind: EventKind): SigmaSource {
  const key = `${product} ${kind}`;
  // What tools' rules said of a Windows log is no antivirus's word.
  const categories = new Set(product === WINDOWS_EVENT_LOG ? [] : categoriesOfKind(kind));
  const fields = productFields(kind);
  return {
    key,
    title: key,
    takes: ({ product, category, service }) =>
      (product === undefined || product === 'windows') &&
      service === undefined &&
      category !== undefined &&
      categories.has(category),
    reader: (field) => {
      const read = fields.get(looseName(field));
      return read === undefined
        ? undefined
        : // Products keep less than a log of Windows: what an event lacks may have been there all the same.
          ({ event }: SigmaRecord) => (event === undefined ? UNKNOWN : (read(event) ?? UNKNOWN));
    },
    values: ({ event }) => (event === undefined ? [] : everyText(event)),
  };
}

function everyText(event: EventDraft): readonly string[] {
  const texts: string[] = [event.host];
  for (const field of TEXT_FIELDS) {
    const text = event[field];
    if (text !== undefined) texts.push(text);
  }
  for (const field of NUMBER_FIELDS) {
    const number = event[field];
    if (number !== undefined) texts.push(String(number));
  }
  return texts;
}
