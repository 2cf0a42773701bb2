import { apiKey } from '@better-auth/api-key';
import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins';
import { serverSecret } from './config';
import { commonOptions } from './options';
import { reused } from './reused';

/** First characters of every key, by which people and scanners of secrets tell it. */
export const KEY_PREFIX = 'sqk_';

/** Passwords, second factors, passkeys and keys for the server found at `origin`; made once and kept. */
export function identityServer(origin: string) {
  return reused('identity', `${origin}\n${serverSecret()}`, () => makeServer(origin));
}

function makeServer(origin: string) {
  const common = commonOptions(origin);
  return betterAuth({
    ...common,
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      maxPasswordLength: 200,
    },
    plugins: [
      twoFactor({ issuer: 'Sequela', accountLockout: { maxFailedAttempts: 10, durationSeconds: 900 } }),
      passkey({
        rpName: 'Sequela',
        rpID: new URL(origin).hostname,
        origin,
        // A passkey stands for password and second factor together, so it must have asked for the person.
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        authentication: {
          afterVerification: async ({ verification }) => {
            if (!verification.authenticationInfo.userVerified)
              throw new APIError('UNAUTHORIZED', { message: 'user verification is required' });
          },
        },
      }),
      apiKey({
        defaultPrefix: KEY_PREFIX,
        requireName: true,
        maximumNameLength: 80,
        startingCharactersConfig: { shouldStore: true, charactersLength: 10 },
        keyExpiration: { defaultExpiresIn: null, minExpiresIn: 1, maxExpiresIn: 730 },
        rateLimit: { enabled: false },
      }),
    ],
  });
}
