/** Where a URL points: host and port. */
export type UrlTarget = { readonly host: string; readonly port?: number };

/**
 * Host and port of a URL as a sensor wrote it, with or without its scheme. The port is the URL's own, else its
 * scheme's. Undefined where no host can be read.
 */
export function urlTarget(url: string): UrlTarget | undefined {
  const match = URL_START.exec(url.slice(0, 2048));
  if (match === null) return undefined;
  const host = (match[2] ?? match[3] ?? '').toLowerCase();
  if (host === '') return undefined;
  const own = Number(match[4]);
  const port = Number.isInteger(own) && own > 0 && own < 65_536 ? own : PORTS[match[1]?.toLowerCase() ?? ''];
  return port === undefined ? { host } : { host, port };
}

/** scheme://user@host:port or host:port; a host in brackets is an IPv6 address. */
const URL_START =
  /^(?:([a-z][a-z0-9+.-]{1,20}):\/\/)?(?:[^/?#@\s]{0,200}@)?(?:\[([0-9a-f:.]{2,45})\]|([a-z0-9._-]{1,253}))(?::(\d{1,5}))?(?:[/?#]|$)/i;

const PORTS: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443, ftp: 21 };
