/** A name that is nobody's: paths are resolved against it, and whatever leaves it was no path of ours. */
const HERE = 'http://here.invalid';

/** Longest path that is taken along, in characters. */
const LONGEST = 2000;

// biome-ignore lint/suspicious/noControlCharactersInRegex: browsers drop tabs and newlines from addresses, so that "/\t/x" is "//x"
const NOT_IN_PATHS = /[\u0000-\u001f\u007f\\]/;

/** Pages and doors that one is never sent on to: signing in would lead back to signing in. */
const NOT_A_PLACE = /^\/(?:sign-in|join|api)(?:\/|$)/;

/**
 * Where somebody wanted to go before they had to sign in: a path of our own with its query and fragment, or null when
 * the text is anything else (another site, `//host`, a scheme, a backslash, a control character, the sign-in itself).
 */
export function safeNext(next: string | null | undefined): string | null {
  if (!next?.startsWith('/') || next.length > LONGEST || NOT_IN_PATHS.test(next)) return null;
  if (!URL.canParse(next, HERE)) return null;
  const url = new URL(next, HERE);
  // "/.//host" begins with one slash and resolves to a path that begins with two.
  if (url.origin !== HERE || url.pathname.startsWith('//') || NOT_A_PLACE.test(url.pathname)) return null;
  return `${url.pathname}${url.search}${url.hash}`;
}
