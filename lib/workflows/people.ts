import { type Actor, isRole, type Role } from '../access/can';
import { AppError } from '../base/appError';
import type { ManagedPerson, OneTimeLink, PersonView } from '../contracts/people';
import { isReservedHandle } from '../identity/handles';
import { newPersonId } from '../identity/people';
import type { Visit } from '../identity/visit';
import { accountSubject, addAudit } from '../storage/audit';
import type { AuditAction } from '../storage/auditActions';
import { type Connection, transaction } from '../storage/client';
import { makeInvitation } from '../storage/invitations';
import { revokeKeys } from '../storage/keys';
import {
  findAccount,
  findPerson,
  insertPerson,
  listAccounts,
  listPeople,
  lockPeople,
  otherAdministrators,
  type StoredAccount,
  type StoredPerson,
  updatePerson,
} from '../storage/people';
import { endSessions } from '../storage/sessions';
import { reservedHandle } from './invitations';

/** What an administrator may change of a person. */
export type PersonChange = {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly role?: Role | undefined;
  readonly active?: boolean | undefined;
};

/** Everybody by name, those who left too. */
export async function readPeople(): Promise<{ items: PersonView[] }> {
  return { items: (await listPeople()).map(toView) };
}

/** Everybody with the state of their account. */
export async function readManagedPeople(): Promise<{ items: ManagedPerson[] }> {
  return { items: (await listAccounts()).map(toManaged) };
}

/** Adds a person, who joins by the link in the answer. Throws `conflict` when handle or address are taken. */
export async function addPerson(
  visit: Visit,
  wanted: { readonly handle: string; readonly name: string; readonly email: string; readonly role: Role },
  actor: Actor,
): Promise<OneTimeLink> {
  if (isReservedHandle(wanted.handle)) throw reservedHandle();
  const person = { ...wanted, email: wanted.email.toLowerCase(), id: newPersonId() };
  const made = await transaction(async (connection) => {
    await lockPeople(connection);
    if ((await findPerson('handle', person.handle, connection)) !== undefined)
      throw taken('handle', 'This handle is taken, or was somebody’s: history calls them so.');
    await refuseTakenAddress(connection, person);
    await insertPerson(connection, person);
    const invitation = await makeInvitation(connection, {
      purpose: 'join',
      personId: person.id,
      by: actor.name,
    });
    await note(connection, actor, 'person.added', person.handle, { role: person.role });
    return invitation;
  });
  return linkTo(visit, person.handle, made);
}

/**
 * Changes a person. Deactivation ends all their sessions and keys with it. Throws `not_found`, `conflict` for the last
 * active administrator and for oneself.
 */
export async function changePerson(
  handle: string,
  change: PersonChange,
  actor: Actor,
): Promise<ManagedPerson> {
  await transaction(async (connection) => {
    await lockPeople(connection);
    const before = await known(handle, connection);
    const after = changed(before, change, actor);
    if (after.handle === actor.name && after.deactivatedBy !== null)
      throw new AppError('conflict', 'Nobody deactivates themselves; ask another administrator.');
    const steersNoMore = after.role !== 'administrator' || after.deactivatedBy !== null;
    if (
      isActiveAdministrator(before) &&
      steersNoMore &&
      (await otherAdministrators(connection, before.id)) === 0
    )
      throw new AppError('conflict', 'This is the last active administrator: make somebody else one first.');
    await refuseTakenAddress(connection, after);
    await updatePerson(connection, before.id, after);
    await noteChanges(connection, actor, before, after);
  });
  return managed(handle);
}

/** A new link for a person: to join when they have not, else to set a new password. Earlier ones end. */
export async function renewLink(visit: Visit, handle: string, actor: Actor): Promise<OneTimeLink> {
  const account = await managed(handle);
  const made = await transaction(async (connection) => {
    await lockPeople(connection);
    const person = await known(handle, connection);
    if (person.deactivatedAt !== null)
      throw new AppError('conflict', 'This person is deactivated: reactivate them first.');
    const purpose = account.invited ? 'join' : 'password';
    const invitation = await makeInvitation(connection, { purpose, personId: person.id, by: actor.name });
    await note(connection, actor, 'invitation.made', handle, { purpose });
    return invitation;
  });
  return linkTo(visit, handle, made);
}

/** Ends all sessions of a person. */
export async function signOutPerson(handle: string, actor: Actor): Promise<ManagedPerson> {
  await transaction(async (connection) => {
    const person = await known(handle, connection);
    const ended = await endSessions(connection, person.id);
    await note(connection, actor, 'session.ended', handle, { sessions: ended });
  });
  return managed(handle);
}

function changed(before: StoredPerson, change: PersonChange, actor: Actor): StoredPerson {
  const active = change.active ?? before.deactivatedAt === null;
  return {
    ...before,
    name: change.name ?? before.name,
    email: change.email?.toLowerCase() ?? before.email,
    role: change.role ?? before.role,
    deactivatedBy: active ? null : (before.deactivatedBy ?? actor.name),
  };
}

/** What changed, one entry each for who they are and for whether they are here. */
async function noteChanges(
  connection: Connection,
  actor: Actor,
  before: StoredPerson,
  after: StoredPerson,
): Promise<void> {
  const left = before.deactivatedBy === null && after.deactivatedBy !== null;
  const cameBack = before.deactivatedBy !== null && after.deactivatedBy === null;
  const sessions = left ? await endSessions(connection, before.id) : 0;
  const keys = left ? await revokeKeys(connection, before.id) : 0;
  const fields = (['name', 'email', 'role'] as const).filter((field) => before[field] !== after[field]);
  if (fields.length > 0)
    await note(connection, actor, 'person.changed', before.handle, {
      fields: fields.join(', '),
      ...(before.role === after.role ? {} : { roleBefore: before.role, role: after.role }),
    });
  if (left) await note(connection, actor, 'person.deactivated', before.handle, { sessions, keys });
  if (cameBack) await note(connection, actor, 'person.reactivated', before.handle, {});
}

async function note(
  connection: Connection,
  actor: Actor,
  action: AuditAction,
  handle: string,
  details: Readonly<Record<string, string | number>>,
): Promise<void> {
  await addAudit(connection, { by: actor.name, action, subject: accountSubject(handle), details });
}

async function known(handle: string, connection: Connection): Promise<StoredPerson> {
  const person = await findPerson('handle', handle, connection);
  if (person === undefined) throw nobody();
  return person;
}

async function managed(handle: string): Promise<ManagedPerson> {
  const account = await findAccount(handle);
  if (account === undefined) throw nobody();
  return toManaged(account);
}

async function refuseTakenAddress(
  connection: Connection,
  person: Pick<StoredPerson, 'id' | 'email'>,
): Promise<void> {
  const other = await findPerson('email', person.email, connection);
  if (other !== undefined && other.id !== person.id)
    throw taken('email', `This address is ${other.handle}’s already.`);
}

async function linkTo(
  visit: Visit,
  handle: string,
  made: { readonly token: string; readonly expiresAt: Date },
): Promise<OneTimeLink> {
  return {
    person: await managed(handle),
    link: `${visit.origin}/join?token=${made.token}`,
    expiresAt: made.expiresAt.toISOString(),
  };
}

function isActiveAdministrator(person: StoredPerson): boolean {
  return person.role === 'administrator' && person.deactivatedAt === null;
}

function toView({ handle, name, role, deactivatedAt }: StoredPerson): PersonView {
  return { handle, name, role: roleOf(role), active: deactivatedAt === null };
}

function toManaged(account: StoredAccount): ManagedPerson {
  return {
    ...toView(account),
    email: account.email,
    createdAt: account.createdAt.toISOString(),
    deactivatedAt: account.deactivatedAt?.toISOString() ?? null,
    deactivatedBy: account.deactivatedBy,
    twoFactor: account.twoFactor,
    passkeys: account.passkeys,
    sessions: account.sessions,
    invited: account.invited,
    lastSeenAt: account.lastSeenAt?.toISOString() ?? null,
  };
}

function roleOf(role: string): Role {
  if (!isRole(role)) throw new Error('a person has a role that is none');
  return role;
}

function nobody(): AppError {
  return new AppError('not_found', 'Nobody is called so here.');
}

function taken(path: string, message: string): AppError {
  return new AppError('conflict', message, { errors: [{ path, message }] });
}
