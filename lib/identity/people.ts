import { generateId } from 'better-auth';

/** An id for a person, as the library makes them. */
export function newPersonId(): string {
  return generateId();
}
