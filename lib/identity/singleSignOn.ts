import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { genericOAuth } from 'better-auth/plugins';
import { isRole } from '../access/can';
import { AppError } from '../base/appError';
import { freeHandle } from '../storage/people';
import { forgetSession } from '../storage/sessions';
import { type SingleSignOnConfig, serverSecret, singleSignOnConfig } from './config';
import { handleOf } from './handles';
import { BASE_PATH, commonOptions } from './options';
import { forgetReused, reused } from './reused';
import { keepCookies, type Visit } from './visit';
import { whoIsSignedIn } from './whoAsks';

const PROVIDER = 'oidc';

/** The one path of the library that answers requests of its own: where the provider sends the browser back to. */
export const CALLBACK_PATH = `${BASE_PATH}/callback/${PROVIDER}`;

/** Who came in through the provider, for the audit trail. */
export type Arrival = { readonly personId: string; readonly isNew: boolean };

/**
 * Where to send the browser, which comes back to `next` when it worked and to the sign-in page with `error=` when not.
 * Throws `not_found` without a provider, `unavailable` when it does not answer.
 */
export async function startSingleSignOn(visit: Visit, next: string): Promise<string> {
  const config = singleSignOnConfig();
  if (config === undefined) throw new AppError('not_found', 'There is no single sign-on here.');
  const server = await readyServer(visit.origin, config);
  const { headers, response } = await server.api
    .signInSocial({
      body: {
        provider: PROVIDER,
        disableRedirect: true,
        callbackURL: next,
        errorCallbackURL: `/sign-in?next=${encodeURIComponent(next)}`,
      },
      headers: visit.headers,
      returnHeaders: true,
    })
    .catch((error: unknown) => {
      if (error instanceof APIError) throw unreachable(config);
      throw error;
    });
  keepCookies(visit, headers);
  if (response.url === undefined) throw unreachable(config);
  return response.url;
}

/** The way back from the provider: the library's own redirect, and who came in when it worked. */
export async function finishSingleSignOn(
  visit: Visit,
  request: Request,
): Promise<{ readonly answer: Response; readonly arrival?: Arrival }> {
  const config = singleSignOnConfig();
  if (config === undefined) throw new AppError('not_found', 'There is no single sign-on here.');
  const server = await readyServer(visit.origin, config);
  const url = new URL(request.url);
  const own = new Request(`${visit.origin}${CALLBACK_PATH}${url.search}`, { headers: visit.headers });
  const before = await whoIsSignedIn(visit, true);
  // The library notes the moment by this machine's clock when it makes an account.
  const begunMs = Date.now();
  const answer = await server.handler(own);
  const came = await server.api.getSession({
    headers: cookiesOf(answer),
    query: { disableRefresh: true },
  });
  if (came === null) return { answer };
  // The session the browser was in opens nothing any more, as after every sign-in.
  if (before !== undefined && before.sessionId !== came.session.id) await forgetSession(before.sessionId);
  const isNew = came.user.createdAt.getTime() >= begunMs;
  return { answer, arrival: { personId: came.user.id, isNew } };
}

/** The cookies an answer sets, as a browser would send them next. */
function cookiesOf(answer: Response): Headers {
  const pairs = answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  return new Headers({ cookie: pairs.join('; ') });
}

type Server = ReturnType<typeof makeServer>;

/** A server that knows its provider: its description is read when the server is made, and again when that failed. */
async function readyServer(origin: string, config: SingleSignOnConfig): Promise<Server> {
  const key = `${origin}\n${serverSecret()}\n${JSON.stringify(config)}`;
  const server = reused('single sign-on', key, () => makeServer(origin, config));
  const { socialProviders } = await server.$context;
  if (socialProviders.length > 0) return server;
  forgetReused('single sign-on', key);
  throw unreachable(config);
}

function unreachable({ name }: SingleSignOnConfig): AppError {
  return new AppError(
    'unavailable',
    `${name} does not answer now. Try again, or sign in with your password.`,
  );
}

function makeServer(origin: string, config: SingleSignOnConfig) {
  const common = commonOptions(origin);
  const { joinRole } = config;
  return betterAuth({
    ...common,
    onAPIError: { errorURL: `${origin}/sign-in` },
    account: {
      // Nothing is done with the provider's tokens once it has said who it is.
      updateAccountOnSignIn: false,
      accountLinking: { enabled: true, trustedProviders: [], requireLocalEmailVerified: true },
    },
    databaseHooks: {
      ...common.databaseHooks,
      account: {
        create: {
          before: async (account) => ({
            data: { ...account, accessToken: null, refreshToken: null, idToken: null },
          }),
        },
      },
      user: {
        create: {
          before: async (user) => {
            if (!isRole(joinRole) || !user.emailVerified) return false;
            const name = user.name.trim().slice(0, 120);
            const handle = await freeHandle(handleOf(user.email));
            return {
              data: { ...user, name: name === '' ? handle : name, image: null, handle, role: joinRole },
            };
          },
        },
      },
    },
    plugins: [
      genericOAuth({
        config: [
          {
            providerId: PROVIDER,
            name: config.name,
            discoveryUrl: `${config.issuer}/.well-known/openid-configuration`,
            clientId: config.clientId,
            clientSecret: config.clientSecret,
            scopes: ['openid', 'email', 'profile'],
            pkce: true,
            requireIdTokenVerification: true,
            disableSignUp: !isRole(joinRole),
          },
        ],
      }),
    ],
  });
}
