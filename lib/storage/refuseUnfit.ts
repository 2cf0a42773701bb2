import { can, isRole, type Permission } from '../access/can';
import { AppError } from '../base/appError';
import { type Connection, pool } from './client';
import { demoHandle } from './notifications';
import { findPerson } from './people';
import { isStorable } from './storableText';

/** Work that is given to people, as the rest of a sentence that begins with "may not". */
const WORK = {
  'findings.decide': 'decide on findings',
  'alerts.decide': 'decide on alerts',
  'cases.write': 'work on cases',
} as const satisfies Partial<Record<Permission, string>>;

/**
 * Throws `bad_request` unless a handle is an active person's who may do the work: nothing is given to somebody who
 * left or may not. `path` is the field of the request.
 */
export async function refuseUnfit(
  handle: string,
  permission: keyof typeof WORK,
  path: string,
  reader: Pick<Connection, 'query'> = pool(),
): Promise<void> {
  if (handle === demoHandle()) return;
  const person = isStorable(handle) ? await findPerson('handle', handle, reader) : undefined;
  const role = person?.deactivatedAt === null ? person.role : undefined;
  if (isRole(role) && can({ name: handle, role }, permission)) return;
  const message =
    role === undefined
      ? 'is nobody who works here'
      : `is a person whose role (${role}) may not ${WORK[permission]}`;
  throw new AppError('bad_request', `"${handle}" ${message}.`, { errors: [{ path, message }] });
}
