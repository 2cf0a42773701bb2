import path from 'node:path';

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
};

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
  const unknown = args.find((arg) => arg !== '--dev');
  if (unknown)
    throw new Refusal(
      `Unknown argument ${unknown}. Settings are environment variables: PORT, SEQUELA_HOST, …`,
    );
  const databaseUrl = env.DATABASE_URL?.trim();
  return {
    host: env.SEQUELA_HOST?.trim() || '127.0.0.1',
    port: readPort(env.PORT?.trim() || '3000'),
    dataDir: path.resolve(root, env.SEQUELA_DATA_DIR?.trim() || '.sequela'),
    ...(databaseUrl ? { databaseUrl: checkDatabaseUrl(databaseUrl) } : {}),
    dev: args.includes('--dev'),
  };
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

/** Whether only programs on this machine can reach `host`. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
