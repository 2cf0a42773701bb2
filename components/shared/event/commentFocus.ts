/** Where the cursor is wanted, and where it was when that was asked. */
let wanted: { eventId: string; from: Element | null } | null = null;

const fieldOf = (eventId: string) =>
  [...document.querySelectorAll<HTMLTextAreaElement>('textarea[data-field="event-comment"]')].find(
    (field) => field.dataset.event === eventId,
  );

/** Puts the cursor where a comment on an event is written, now or when its panel has been read; what `c` does. */
export function focusComment(eventId: string): void {
  const field = fieldOf(eventId);
  wanted = field === undefined ? { eventId, from: document.activeElement } : null;
  field?.focus();
}

/** To be called as the field of an event appears: takes the cursor if it was wanted there and stayed where it was. */
export function takeWantedFocus(eventId: string): void {
  const asked = wanted;
  wanted = null;
  const { activeElement } = document;
  const moved = activeElement !== null && activeElement !== document.body && activeElement !== asked?.from;
  if (asked?.eventId === eventId && !moved) fieldOf(eventId)?.focus();
}
