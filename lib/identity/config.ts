import { AppError } from '../base/appError';

/** The one provider of single sign-on, as the environment names it. */
export type SingleSignOnConfig = {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What the button says. */
  readonly name: string;
  /** The role of people nobody added; absent: they are refused. */
  readonly joinRole?: string;
};

/** What signs cookies and encrypts second factors: SEQUELA_SECRET, which the launcher makes. Throws `unavailable`. */
export function serverSecret(): string {
  const secret = process.env.SEQUELA_SECRET ?? '';
  if (secret.length < 32)
    throw new AppError(
      'unavailable',
      'SEQUELA_SECRET is not set, or shorter than 32 characters: start Sequela with "npm start", or set it.',
    );
  return secret;
}

/**
 * Where people find this server: SEQUELA_URL, or the name the request was sent to, which its door has checked. No slash
 * at the end.
 */
export function originOf(headers: Headers): string {
  const said = process.env.SEQUELA_URL?.trim();
  if (said) return new URL(said).origin;
  const host = headers.get('host') ?? 'localhost';
  return URL.canParse(`http://${host}/`) ? new URL(`http://${host}/`).origin : 'http://localhost';
}

/** Whether browsers keep passkeys for this address: a name, not a number, and encrypted unless it is this machine. */
export function takesPasskeys(origin: string): boolean {
  const { hostname, protocol } = new URL(origin);
  if (/^[\d.]+$/.test(hostname) || hostname.startsWith('[')) return false;
  return protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost');
}

/** Single sign-on as SEQUELA_OIDC_… say; undefined when they do not. */
export function singleSignOnConfig(): SingleSignOnConfig | undefined {
  const { SEQUELA_OIDC_ISSUER, SEQUELA_OIDC_CLIENT_ID, SEQUELA_OIDC_CLIENT_SECRET } = process.env;
  if (!SEQUELA_OIDC_ISSUER || !SEQUELA_OIDC_CLIENT_ID || !SEQUELA_OIDC_CLIENT_SECRET) return undefined;
  const joinRole = process.env.SEQUELA_OIDC_JOIN_ROLE?.trim();
  return {
    issuer: SEQUELA_OIDC_ISSUER.replace(/\/+$/, ''),
    clientId: SEQUELA_OIDC_CLIENT_ID,
    clientSecret: SEQUELA_OIDC_CLIENT_SECRET,
    name: process.env.SEQUELA_OIDC_NAME?.trim() || 'Single sign-on',
    ...(joinRole ? { joinRole } : {}),
  };
}
