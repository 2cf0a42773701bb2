import path from 'node:path';
import { isRole, ROLES } from '../access/can';
import { isLoopback } from '../base/loopback';

/** What a start was asked to do. */
export type Settings = {
  /** Interface the web server listens on; 127.0.0.1 unless told otherwise. */
  readonly host: string;
  readonly port: number;
  /** Absolute. Holds the embedded database, its password and the logs. */
  readonly dataDir: string;
  /** A database of one's own; absent means the embedded one. */
  readonly databaseUrl?: string;
  /** Serve sources as they are, rebuilding on every change, instead of a build. */
  readonly dev: boolean;
  /** Nobody signs in, everyone is an administrator: on this machine only. */
  readonly demo: boolean;
  /** Absolute. Where the link for the first administrator is written besides the terminal. */
  readonly linkFile: string;
  /** What signs sessions, when it is given; else it is made and kept in the data folder. */
  readonly secret?: string;
  /** Where people find this server, when that is not the address it listens on: behind a proxy. */
  readonly url?: string;
};

const ARGUMENTS = ['--dev', '--demo'];
const SECRET_LENGTH = 32;

/** A reason not to start that a person can do something about; shown as it is, without a stack. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/**
 * Reads the environment and arguments of `npm start`. Relative folders are taken from `root`, the product's own folder.
 * Throws a `Refusal` that names the setting at fault.
 */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
  args: readonly string[],
  root: string,
): Settings {
  const unknown = args.find((arg) => !ARGUMENTS.includes(arg));
  if (unknown)
    throw new Refusal(
      `Unknown argument ${unknown}. Settings are environment variables: PORT, SEQUELA_HOST, …`,
    );
  const databaseUrl = env.DATABASE_URL?.trim();
  const secret = env.SEQUELA_SECRET?.trim();
  const url = env.SEQUELA_URL?.trim();
  const host = env.SEQUELA_HOST?.trim() || '127.0.0.1';
  const dataDir = path.resolve(root, env.SEQUELA_DATA_DIR?.trim() || '.sequela');
  const demo = args.includes('--demo') || env.SEQUELA_DEMO?.trim() === 'true';
  if (demo && !isLoopback(host))
    throw new Refusal(
      `In demo mode nobody signs in, so it listens on this machine only: take SEQUELA_HOST=${host} away, or the demo.`,
    );
  checkSingleSignOn(env);
  return {
    host,
    port: readPort(env.PORT?.trim() || '3000'),
    dataDir,
    ...(databaseUrl ? { databaseUrl: checkDatabaseUrl(databaseUrl) } : {}),
    dev: args.includes('--dev'),
    demo,
    linkFile: path.resolve(root, env.SEQUELA_LINK_FILE?.trim() || path.join(dataDir, 'first-link.txt')),
    ...(secret ? { secret: checkSecret(secret) } : {}),
    ...(url ? { url: checkUrl(url) } : {}),
  };
}

function checkSecret(text: string): string {
  if (text.length < SECRET_LENGTH)
    throw new Refusal(`SEQUELA_SECRET is shorter than ${SECRET_LENGTH} characters: take a longer one.`);
  return text;
}

function checkUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.pathname !== '/')
    throw new Refusal(`SEQUELA_URL=${text} is not an address such as https://soc.example without a path.`);
  return url.origin;
}

const OIDC = ['SEQUELA_OIDC_ISSUER', 'SEQUELA_OIDC_CLIENT_ID', 'SEQUELA_OIDC_CLIENT_SECRET'] as const;

/** Half of a provider is a mistake that would show only when somebody presses the button. */
function checkSingleSignOn(env: Readonly<Record<string, string | undefined>>): void {
  const missing = OIDC.filter((name) => !env[name]?.trim());
  if (missing.length > 0 && missing.length < OIDC.length)
    throw new Refusal(`Single sign-on also needs ${missing.join(' and ')}.`);
  const role = env.SEQUELA_OIDC_JOIN_ROLE?.trim();
  if (role && !isRole(role))
    throw new Refusal(`SEQUELA_OIDC_JOIN_ROLE=${role} is not one of ${ROLES.join(', ')}.`);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new Refusal(`PORT=${text} is not a port. Use a number from 1 to 65535.`);
  }
  return port;
}

function checkDatabaseUrl(text: string): string {
  const protocol = URL.canParse(text) ? new URL(text).protocol : '';
  if (protocol !== 'postgresql:' && protocol !== 'postgres:') {
    // The text itself stays out of the message: it may hold a password.
    throw new Refusal(
      'DATABASE_URL is not a PostgreSQL address such as postgresql://user:password@host:5432/database.',
    );
  }
  return text;
}

/** A database's host, port and name, without user and password: safe to print. */
export function describeDatabase(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host || 'localhost'}${pathname}`;
}

/** The address people on this machine type for a server listening on `host`. */
export function localAddress(host: string, port: number): string {
  const name =
    host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
