import { AppError } from '../base/appError';
import type { AnnotationsView } from '../contracts/events';
import type { EventId } from '../events/endpointEvent';
import {
  addComment,
  type EventAnnotations,
  loadAnnotations,
  NO_ANNOTATIONS,
  setFlag,
  withdrawComment,
} from '../storage/annotations';
import { findEvent } from '../storage/events';

/** Flags an event or takes the flag away, and tells what is said of it now. Throws `not_found` for no such event. */
export async function flagEvent(id: string, flagged: boolean, by: string): Promise<AnnotationsView> {
  await setFlag(await eventOrRefuse(id), flagged, by);
  return annotationsOf(id);
}

/**
 * Writes a comment on an event and tells what is said of it now. Throws `not_found` for no such event, and
 * `bad_request` for a text of nothing but blanks.
 */
export async function commentEvent(id: string, text: string, by: string): Promise<AnnotationsView> {
  const words = text.trim();
  if (words === '') {
    throw new AppError('bad_request', 'The comment is empty.', {
      errors: [{ path: 'text', message: 'is empty' }],
    });
  }
  await addComment(await eventOrRefuse(id), words, by);
  return annotationsOf(id);
}

/**
 * Withdraws a comment of one's own and tells what is still said of its event. Throws `not_found` for no such comment,
 * `forbidden` for another person's.
 */
export async function takeBackComment(id: number, by: string): Promise<AnnotationsView> {
  return annotationsOf(await withdrawComment(id, by));
}

/** What analysts said about an event, as the API gives it. */
export function toAnnotationsView({ flag, comments }: EventAnnotations): AnnotationsView {
  return {
    flag: flag === null ? null : { by: flag.by, at: flag.at.toISOString() },
    comments: comments.map((comment) => ({ ...comment, at: comment.at.toISOString() })),
  };
}

async function annotationsOf(id: string): Promise<AnnotationsView> {
  return toAnnotationsView((await loadAnnotations([id])).get(id) ?? NO_ANNOTATIONS);
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

async function eventOrRefuse(id: string): Promise<string> {
  const found = UUID.test(id) ? await findEvent(id as EventId) : undefined;
  if (found === undefined) throw new AppError('not_found', 'There is no event with this id.');
  return found.event.id;
}
