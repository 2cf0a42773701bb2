import { z } from 'zod';
import { PERMISSIONS, ROLES, rolesWith, SCOPES } from '../access/can';
import { isoTime, storableText } from './scalars';

export const role = z.enum(ROLES);
export const scope = z.enum(SCOPES);
const permission = z.enum(PERMISSIONS);

export { rolesWith };

/** How people are called in history and mentions: lower case, begins with a letter, never changes. */
export const handle = z
  .string()
  .regex(/^[a-z][a-z0-9._-]{1,38}[a-z0-9]$/, '3 to 40 of a-z, 0-9, ".", "_", "-", beginning with a letter');
/** Any length a person can remember, from 12 characters on. */
export const password = z.string().min(12, 'at least 12 characters').max(200, 'at most 200 characters');
const personName = storableText.trim().min(1).max(120);
const email = z.email().max(254);

/** Somebody everybody may see: for names, mentions, assignment. */
export const personView = z.object({
  handle: z.string(),
  name: z.string(),
  role,
  /** False for one who left: named in history, not to be assigned anything. */
  active: z.boolean(),
});
export type PersonView = z.infer<typeof personView>;
export const personList = z.object({ items: z.array(personView) });

/** The one who asks, and what they may do. */
export const meView = z.object({
  handle: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  role,
  permissions: z.array(permission),
  /** True when nobody has to sign in here: everyone is this one person. */
  demo: z.boolean(),
  twoFactor: z.boolean(),
});
export type MeView = z.infer<typeof meView>;

/** A person as an administrator sees them. */
export const managedPerson = personView.extend({
  email: z.string(),
  createdAt: isoTime,
  deactivatedAt: isoTime.nullable(),
  deactivatedBy: z.string().nullable(),
  twoFactor: z.boolean(),
  passkeys: z.int(),
  sessions: z.int(),
  /** True until they have set a password or signed in with single sign-on. */
  invited: z.boolean(),
  lastSeenAt: isoTime.nullable(),
});
export type ManagedPerson = z.infer<typeof managedPerson>;
export const managedPersonList = z.object({ items: z.array(managedPerson) });

export const addPersonBody = z.object({ handle, name: personName, email, role });
export const changePersonBody = z.object({
  name: personName.optional(),
  email: email.optional(),
  role: role.optional(),
  active: z.boolean().optional(),
});
/** A link to be handed over by hand; it is shown once. */
export const oneTimeLink = z.object({ person: managedPerson, link: z.string(), expiresAt: isoTime });
export type OneTimeLink = z.infer<typeof oneTimeLink>;
export const byHandle = z.object({ id: z.string().regex(/^[a-z0-9._-]{1,60}$/, 'a handle') });

/** What a link is for, asked with its token before anything is done with it. */
export const invitationQuery = z.object({ token: z.string().min(20).max(200) });
export const invitationView = z.object({
  purpose: z.enum(['first', 'join', 'password']),
  handle: z.string().nullable(),
  name: z.string().nullable(),
  expiresAt: isoTime,
});
export type InvitationView = z.infer<typeof invitationView>;
/** Uses a link: `first` needs handle, name and email as well. */
export const acceptInvitationBody = z.object({
  token: z.string().min(20).max(200),
  password,
  handle: handle.optional(),
  name: personName.optional(),
  email: email.optional(),
});

export const signInBody = z.object({ email: z.string().max(254), password: z.string().max(200) });
/** `two_factor`: the password was right, and a code is asked for next. */
export const signInAnswer = z.object({ state: z.enum(['signed_in', 'two_factor']) });
export const secondFactorBody = z.object({
  code: z.string().trim().min(6).max(40),
  /** `backup`: one of the codes kept for a lost phone. */
  kind: z.enum(['totp', 'backup']).default('totp'),
});
/** How one can sign in here. */
export const signInOptions = z.object({
  password: z.literal(true),
  /** Passkeys need a name, not an address, in the browser's bar. */
  passkey: z.boolean(),
  singleSignOn: z.object({ name: z.string() }).nullable(),
  demo: z.boolean(),
  /** True while nobody can sign in yet: the first administrator comes by the link that the start printed. */
  empty: z.boolean(),
});
export type SignInOptions = z.infer<typeof signInOptions>;
export const singleSignOnBody = z.object({ next: z.string().max(2000).optional() });
export const redirectAnswer = z.object({ url: z.string() });

export const changeNameBody = z.object({ name: personName });
export const changePasswordBody = z.object({ current: z.string().max(200), next: password });
export const passwordOnlyBody = z.object({ password: z.string().max(200) });
/** Shown once: what the authenticator app is told, and codes for when it is lost. */
export const totpSetup = z.object({ uri: z.string(), secret: z.string(), backupCodes: z.array(z.string()) });
export type TotpSetup = z.infer<typeof totpSetup>;
export const totpCodeBody = z.object({ code: z.string().trim().min(6).max(10) });
export const backupCodes = z.object({ backupCodes: z.array(z.string()) });

export const sessionView = z.object({
  id: z.string(),
  current: z.boolean(),
  createdAt: isoTime,
  lastSeenAt: isoTime,
  expiresAt: isoTime,
  userAgent: z.string().nullable(),
  ipAddress: z.string().nullable(),
});
export type SessionView = z.infer<typeof sessionView>;
export const sessionList = z.object({ items: z.array(sessionView) });
export const passkeyView = z.object({
  id: z.string(),
  name: z.string().nullable(),
  createdAt: isoTime.nullable(),
});
export type PasskeyView = z.infer<typeof passkeyView>;
export const passkeyList = z.object({ items: z.array(passkeyView) });
/** Options and answers of WebAuthn, as the browser's own API takes and gives them. */
export const webAuthn = z.record(z.string(), z.unknown());
export const registerPasskeyBody = z.object({
  name: storableText.trim().max(80).optional(),
  response: webAuthn,
});
export const passkeyAnswerBody = z.object({ response: webAuthn });

export const keyView = z.object({
  id: z.string(),
  name: z.string(),
  /** Its first characters, to tell it from others. */
  start: z.string().nullable(),
  owner: z.string(),
  scopes: z.array(scope),
  createdAt: isoTime,
  expiresAt: isoTime.nullable(),
  lastUsedAt: isoTime.nullable(),
  enabled: z.boolean(),
});
export type KeyView = z.infer<typeof keyView>;
export const keyList = z.object({ items: z.array(keyView) });
export const addKeyBody = z.object({
  name: storableText.trim().min(1).max(80),
  scopes: z.array(scope).min(1),
  /** Days until it expires. */
  days: z.int().min(1).max(730),
});
/** The key itself, shown this once. */
export const newKey = z.object({ key: z.string(), view: keyView });
export const byKey = z.object({ id: z.string().regex(/^[\w-]{1,60}$/, 'an id') });
