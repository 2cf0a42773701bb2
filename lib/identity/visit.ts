import { isIP } from 'node:net';
import { originOf } from './config';

/** A browser's or a program's request, as far as signing in has to do with it. */
export type Visit = {
  /** Its headers; the address it came from is one of our own making. */
  readonly headers: Headers;
  /** Where people find this server, as `https://soc.example`. */
  readonly origin: string;
  /** Where it came from; `unknown` when nothing says. */
  readonly address: string;
  /** Cookies to be set with the answer, as whole Set-Cookie headers. */
  readonly cookies: string[];
};

/** A request's headers as a visit. */
export function visitOf(received: Headers): Visit {
  const address = addressOf(received);
  const headers = new Headers(received);
  headers.set('x-forwarded-for', address);
  headers.delete('authorization');
  headers.delete('content-length');
  return { headers, origin: originOf(received), address, cookies: [] };
}

/** Remembers the cookies of an answer of the library. */
export function keepCookies(visit: Visit, headers: Headers | null | undefined): void {
  visit.cookies.push(...(headers?.getSetCookie() ?? []));
}

/**
 * The last hop named: of a proxy before us it is what the proxy saw, and without one Next writes the socket's own
 * address unless the visitor invented one. So nothing that guards an account rests on it alone.
 */
function addressOf(headers: Headers): string {
  const last = headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? '';
  return isIP(last) === 0 ? 'unknown' : last;
}
