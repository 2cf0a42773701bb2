import { type BetterAuthOptions, generateId } from 'better-auth';
import { prismaAdapter } from 'better-auth/adapters/prisma';
import { prisma } from '../storage/client';
import { findPerson } from '../storage/people';
import { serverSecret } from './config';

const HOUR_S = 3600;

/** Where the library answers requests of its own; only the way back from single sign-on does (lib/http/callback.ts). */
export const BASE_PATH = '/api/auth';

/**
 * What both servers of the identity library have in common: our tables, our cookies, our sessions. Sessions last 12 h
 * from their last use; what needs to be sure of the person (adding a passkey) takes one signed in within the last hour.
 */
export function commonOptions(origin: string) {
  return {
    appName: 'Sequela',
    baseURL: origin,
    basePath: BASE_PATH,
    secret: serverSecret(),
    database: prismaAdapter(prisma(), { provider: 'postgresql' }),
    trustedOrigins: [origin],
    telemetry: { enabled: false },
    logger: { disabled: true },
    // Our own door counts: lib/http/limits.ts and lib/identity/limits.ts.
    rateLimit: { enabled: false },
    user: {
      modelName: 'person',
      additionalFields: {
        handle: { type: 'string', required: false, input: false },
        role: { type: 'string', required: false, input: false },
        deactivatedAt: { type: 'date', required: false, input: false },
      },
    },
    session: {
      expiresIn: 12 * HOUR_S,
      updateAge: HOUR_S / 4,
      freshAge: HOUR_S,
      // Every request asks the database: a session that was ended is over at once.
      cookieCache: { enabled: false },
    },
    advanced: {
      cookiePrefix: 'sequela',
      useSecureCookies: origin.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: ['x-forwarded-for'] },
      database: { generateId: () => generateId(), validateSchema: false },
    },
    databaseHooks: {
      session: {
        create: {
          // One who left gets no session, whichever way they come.
          before: async (session) => {
            const person = await findPerson('id', session.userId);
            if (person === undefined || person.deactivatedAt !== null) return false;
            return { data: session };
          },
        },
      },
    },
  } satisfies BetterAuthOptions;
}
