import { hostname } from 'node:os';
import { AppError } from '../base/appError';

/** What of the environment decides who may talk to this server; an argument, so that tests can say it. */
export type Listening = {
  /** SEQUELA_HOST: the interface the server listens on. */
  readonly host?: string | undefined;
  /** SEQUELA_ALLOWED_HOSTS: names under which it may be addressed, besides its own; separated by commas. */
  readonly allowedHosts?: string | undefined;
  /** SEQUELA_URL: where people find it, as `https://soc.example`. */
  readonly url?: string | undefined;
};

/**
 * Refuses what a page of another site may have made a browser send. A browser sends its cookie
 * by itself, so (1) the server must be addressed by a name that is its own, or a rebound DNS name
 * would make a foreign page same-origin with it; (2) a change must come from a page of its own. Throws
 * `forbidden`. Programs other than browsers send neither Origin nor Sec-Fetch-Site.
 */
export function guard(request: Request, listening: Listening): void {
  const host = request.headers.get('host') ?? '';
  if (!isOwnName(host, listening)) {
    throw new AppError(
      'forbidden',
      `This server does not answer to the name "${host.slice(0, 200)}". Open it as localhost, or add the name to SEQUELA_ALLOWED_HOSTS.`,
    );
  }
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin' && site !== 'none') throw foreign();
  const origin = request.headers.get('origin');
  if (origin !== null && !isSameHost(origin, host) && !isOwnOrigin(origin, listening)) throw foreign();
}

/** What the environment says of it. */
export function listening(): Listening {
  return {
    host: process.env.SEQUELA_HOST,
    allowedHosts: process.env.SEQUELA_ALLOWED_HOSTS,
    url: process.env.SEQUELA_URL,
  };
}

/**
 * Refuses a JSON body that a browser does not call JSON: a form of another site cannot send one that does, without
 * asking first. Throws `bad_request`. Programs may leave the type out.
 */
export function guardType(request: Request): void {
  const fromBrowser = request.headers.has('origin') || request.headers.has('sec-fetch-site');
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (fromBrowser && type !== 'application/json')
    throw new AppError('bad_request', 'The body is to be sent as application/json.');
}

/** Whether a page's origin is where people find this server: a proxy may send another Host on. */
function isOwnOrigin(origin: string, { url = '' }: Listening): boolean {
  return URL.canParse(url) && origin !== 'null' && new URL(url).origin === origin;
}

function isOwnName(
  host: string,
  { host: listensOn = '127.0.0.1', allowedHosts = '', url = '' }: Listening,
): boolean {
  const name = hostnameOf(host);
  if (name === undefined) return false;
  if (URL.canParse(url) && new URL(url).hostname === name) return true;
  if (name === 'localhost' || name === '127.0.0.1' || name === '[::1]') return true;
  if (allowedHosts.split(',').some((allowed) => allowed.trim().toLowerCase() === name)) return true;
  if (isLoopback(listensOn)) return name === listensOn;
  // Opened to a network: its addresses cannot be rebound, and its own name is known.
  return name === listensOn.toLowerCase() || name === hostname().toLowerCase() || ADDRESS.test(name);
}

const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|\[[0-9a-f:.]+\])$/;

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

function hostnameOf(host: string): string | undefined {
  return URL.canParse(`http://${host}/`) ? new URL(`http://${host}/`).hostname.toLowerCase() : undefined;
}

function isSameHost(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === new URL(`http://${host}/`).host;
}

function foreign(): AppError {
  return new AppError(
    'forbidden',
    'This request came from a page of another site; changes are taken from Sequela itself and from programs only.',
  );
}
