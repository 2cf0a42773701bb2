/** Base names of the library's cookies that we look at ourselves. */
export const SESSION_COOKIE = 'session_token';
export const CHALLENGE_COOKIE = 'two_factor';

const PREFIX = /^(?:__Secure-)?sequela\./;

/** Headers whose Cookie keeps only those of ours that `keeps` says by their base names. */
export function withCookies(headers: Headers, keeps: (name: string) => boolean): Headers {
  const kept = pairsOf(headers).filter(({ name }) => keeps(name.replace(PREFIX, '')));
  const next = new Headers(headers);
  if (kept.length === 0) next.delete('cookie');
  else next.set('cookie', kept.map(({ name, value }) => `${name}=${value}`).join('; '));
  return next;
}

/** The value of a signed cookie without its signature, unchecked; undefined when it is not sent or none of the library's. */
export function signedValue(headers: Headers, base: string): string | undefined {
  const found = pairsOf(headers).find(({ name }) => PREFIX.test(name) && name.replace(PREFIX, '') === base);
  const text = found === undefined ? undefined : decoded(found.value);
  return text === undefined ? undefined : /^([\w-]{1,200})\./.exec(text)?.[1];
}

function pairsOf(headers: Headers): readonly { readonly name: string; readonly value: string }[] {
  return (headers.get('cookie') ?? '').split(';').flatMap((part) => {
    const equals = part.indexOf('=');
    return equals < 1 ? [] : [{ name: part.slice(0, equals).trim(), value: part.slice(equals + 1).trim() }];
  });
}

function decoded(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
