/** The scheme and a possible user part of a URL are left out; a path's `\\host@ssl@8443\` gives `host`. */
const IN_URL = /\b[a-z][a-z0-9+-]{1,9}:\/{2}(?:[^\s/\\@"'<>]{0,128}@)?([a-z0-9_][a-z0-9._-]{0,252})/gi;
const IN_UNC = /(?:^|[\s"'=(,])(?:\\\\|\/\/)(?:\?\\unc\\)?([a-z0-9_][a-z0-9._-]{0,252})(?=[@\\/])/gi;

/** Names of this machine itself say nothing. */
const SELF: ReadonlySet<string> = new Set(['localhost', '127.0.0.1']);

/** Longer texts are read to here; longer command lines than Windows allows do not occur. */
const READ = 32_768;
const KEPT = 16;

/**
 * The hosts that a text names in URLs and in `\\host\share` paths, lower case, in order of first mention, without
 * this machine itself. At most sixteen.
 */
export function namedHosts(text: string): readonly string[] {
  if (!text.includes('//') && !text.includes('\\\\')) return [];
  const read = text.slice(0, READ);
  const mentions = [IN_URL, IN_UNC].flatMap((pattern) => [...read.matchAll(pattern)].slice(0, 64));
  mentions.sort((a, b) => a.index - b.index);
  const found = new Set<string>();
  for (const [, written = ''] of mentions) {
    const host = written.toLowerCase().replace(/\.+$/, '');
    if (host !== '' && !SELF.has(host)) found.add(host);
    if (found.size === KEPT) break;
  }
  return [...found];
}

/** A name with the domains above it: `a.b.example` gives `a.b.example`, `b.example`, `example`. An address is one name. */
export function withParentDomains(host: string): readonly string[] {
  if (/^[\d.]+$|:/.test(host)) return [host];
  const labels = host.split('.').slice(-12);
  return labels.map((_, i) => labels.slice(i).join('.'));
}
