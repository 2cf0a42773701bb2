import { expect } from 'vitest';
import type { Role } from '../access/can';
import { passwordHash } from '../identity/account';
import { newPersonId } from '../identity/people';
import { prisma, transaction } from '../storage/client';
import { insertPerson, setPasswordHash } from '../storage/people';
import { TestVisitor } from './testVisitor';

export const PASSWORD = 'correct horse battery';

/** Of PASSWORD; made once, since it is made to be slow. */
let hash: string | undefined;

/** Adds somebody who can sign in with PASSWORD; their address is `<handle>@example.org`. */
export async function addTestPerson(handle: string, role: Role): Promise<void> {
  hash ??= await passwordHash('http://localhost:3000', PASSWORD);
  const known = hash;
  await transaction(async (connection) => {
    const id = newPersonId();
    await insertPerson(connection, { id, handle, name: handle, email: `${handle}@example.org`, role });
    await setPasswordHash(connection, id, known);
  });
}

/** Signs somebody in, in a browser of their own. */
export async function signedIn(handle: string, visitor = new TestVisitor()): Promise<TestVisitor> {
  const answer = await signIn(visitor, handle, PASSWORD);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return visitor;
}

export function signIn(visitor: TestVisitor, handle: string, password: string): Promise<Response> {
  return visitor.send('POST', '/api/v1/sign-in', { body: { email: `${handle}@example.org`, password } });
}

/** Actions of the audit trail about an account, oldest first. */
export async function actionsOn(handle: string): Promise<string[]> {
  const rows = await prisma().audit.findMany({
    where: { subject: `account:${handle}` },
    orderBy: { id: 'asc' },
  });
  return rows.map((row) => row.action);
}
