import { AppError } from '../../base/appError';
import type { EventId } from '../../events/endpointEvent';
import type { CommentPin, StoredComment } from '../../storage/cases/caseComments';
import { type FoundEvent, findEvent, loadEvents } from '../../storage/events';
import { type FindingRow, loadRows } from '../../storage/findingRows';
import { memberIds } from '../../storage/hosts';
import { eventSentence } from '../eventSentence';
import { toEventView } from '../eventView';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const FIELD = /^[A-Za-z@][\w.@-]{0,99}$/;

/**
 * A pin as it is kept; undefined for one that points to nothing. Throws `bad_request` for an event or field that cannot
 * be one, and for a finding that is not of the case.
 */
export function checkedPin(pin: CommentPin | null, findings: readonly string[]): CommentPin | undefined {
  if (pin === null) return undefined;
  const { findingId, eventId, field } = pin;
  if (findingId === null && eventId === null && field === null) return undefined;
  const refuse = (path: string, message: string) =>
    new AppError('bad_request', `The comment's pin is wrong: the ${path} ${message}.`, {
      errors: [{ path: `pin.${path}`, message }],
    });
  if (findingId !== null && !findings.includes(findingId))
    throw refuse('findingId', 'does not stand in this case');
  if (eventId !== null && !UUID.test(eventId)) throw refuse('eventId', 'is no id of an event');
  if (field !== null && (eventId === null || !FIELD.test(field)))
    throw refuse('field', eventId === null ? 'belongs to an event' : 'is no name of one');
  return pin;
}

/** What the pins of comments point to, in words, by comment: "mshta.exe wrote a.hta · process.command_line"; what is gone is not in it. */
export async function pinTexts(comments: readonly StoredComment[]): Promise<ReadonlyMap<number, string>> {
  const pinned = comments.filter(
    (comment) => comment.withdrawnAt === null && (comment.findingId !== null || comment.eventId !== null),
  );
  const rows = await loadRows([...new Set(pinned.flatMap(({ findingId }) => findingId ?? []))]);
  const findings = new Map(rows.map((row) => [row.id, row]));
  const events = await eventsOf(pinned, findings);
  const texts = new Map<number, string>();
  for (const { id, findingId, eventId, field } of pinned) {
    const event = eventId === null ? undefined : events.get(eventId);
    const words =
      eventId !== null
        ? event && eventSentence(toEventView(event))
        : findingId === null
          ? undefined
          : findings.get(findingId)?.headline;
    if (words !== undefined) texts.set(id, field === null ? words : `${words} · ${field}`);
  }
  return texts;
}

/** The events pins point to, by id; looked for on the host of the pin's finding, else everywhere. */
async function eventsOf(
  pins: readonly CommentPin[],
  findings: ReadonlyMap<string, FindingRow>,
): Promise<ReadonlyMap<string, FoundEvent>> {
  const onHosts = new Map<number, Set<string>>();
  const anywhere = new Set<string>();
  for (const { eventId, findingId } of pins) {
    if (eventId === null) continue;
    const host = findingId === null ? undefined : findings.get(findingId)?.hostId;
    if (host === undefined) anywhere.add(eventId);
    else onHosts.set(host, (onHosts.get(host) ?? new Set()).add(eventId));
  }
  const found = new Map<string, FoundEvent>();
  for (const [host, ids] of onHosts) {
    const members = await memberIds(host);
    const keys = members.flatMap((hostId) => [...ids].map((id) => ({ hostId, id, time: 0 })));
    for (const event of await loadEvents(keys)) found.set(event.event.id, event);
  }
  for (const id of anywhere) {
    const event = await findEvent(id as EventId);
    if (event !== undefined) found.set(id, event);
  }
  return found;
}
