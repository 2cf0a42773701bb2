import { observableId } from './stixIds';

/** A STIX object; what else it holds hangs on its type. */
export type StixObject = { readonly type: string; readonly id: string } & Readonly<Record<string, unknown>>;
/** Keeps an observable and gives its id. */
export type Keep = (object: StixObject) => string;

/** Version of the specification our objects are written by. */
export const SPEC = { spec_version: '2.1' } as const;

/** A property with its value, or nothing where there is none: in STIX absent is absent. */
export function given<Value>(name: string, value: Value | undefined | null): Readonly<Record<string, Value>> {
  return value === undefined || value === null ? {} : { [name]: value };
}

/** In the order the specification looks for the one that makes an id. */
export const ALGORITHMS = ['MD5', 'SHA-1', 'SHA-256'] as const;

/** Hashes of a file under STIX's names; only whole ones. */
export type Hashes = Readonly<Partial<Record<(typeof ALGORITHMS)[number], string>>>;

/** What of the given texts are hashes, in lower case. */
export function hashesOf(md5?: string, sha1?: string, sha256?: string): Hashes {
  const whole = (value: string | undefined, length: number): string | undefined =>
    value?.length === length && /^[0-9a-f]+$/i.test(value) ? value.toLowerCase() : undefined;
  return {
    ...given('MD5', whole(md5, 32)),
    ...given('SHA-1', whole(sha1, 40)),
    ...given('SHA-256', whole(sha256, 64)),
  };
}

/** A file with its directory; undefined without a path. */
export function keepFile(path: string | undefined, hashes: Hashes, keep: Keep): string | undefined {
  const clean = path?.trim();
  if (clean === undefined || clean === '') return undefined;
  const cut = Math.max(clean.lastIndexOf('\\'), clean.lastIndexOf('/'));
  const folder = clean.slice(0, Math.max(cut, 0));
  const name = clean.slice(cut + 1) === '' ? clean : clean.slice(cut + 1);
  const directory = folder === '' ? undefined : keepDirectory(folder, keep);
  const first = ALGORITHMS.find((algorithm) => hashes[algorithm] !== undefined);
  return keep({
    type: 'file',
    id: observableId('file', {
      // Of several hashes the first of the specification's order makes the id.
      ...given('hashes', first === undefined ? undefined : { [first]: hashes[first] }),
      name,
      ...given('parent_directory_ref', directory),
    }),
    ...SPEC,
    ...given('hashes', first === undefined ? undefined : hashes),
    name,
    ...given('parent_directory_ref', directory),
  });
}

function keepDirectory(path: string, keep: Keep): string {
  return keep({ type: 'directory', id: observableId('directory', { path }), ...SPEC, path });
}

/** An account; undefined when neither name nor SID is known. */
export function keepUser(name: string | undefined, sid: string | undefined, keep: Keep): string | undefined {
  const login = name?.trim() === '' ? undefined : name?.trim();
  if (login === undefined && sid === undefined) return undefined;
  const domain = login?.includes('\\') === true && !/^(nt authority|nt-autorit)/i.test(login);
  const own = {
    account_type: domain ? 'windows-domain' : 'windows-local',
    ...given('user_id', sid),
    ...given('account_login', login),
  };
  return keep({ type: 'user-account', id: observableId('user-account', own), ...SPEC, ...own });
}

/** Characters RFC 3986 has no place for in a URI. */
const NO_URI = /[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]|%(?![0-9a-f]{2})/giu;

/** A URL, what no URI may hold percent-encoded; undefined for what has no scheme or is still none. A drive is no scheme. */
export function keepUrl(url: string | undefined, keep: Keep): string | undefined {
  if (url === undefined || !/^[a-z][a-z0-9+.-]+:\S/i.test(url)) return undefined;
  const encoded = url.replace(NO_URI, percentEncoded);
  return URL.canParse(encoded) ? keepValue('url', encoded, keep) : undefined;
}

/** Half a character is written as the one that stands for what cannot be read. */
function percentEncoded(char: string): string {
  return encodeURIComponent(/^[\ud800-\udfff]$/.test(char) ? '\ufffd' : char);
}

/** A host name, lower case and without the root's dot; an address written in its place is that address. */
export function keepDomain(name: string | undefined, keep: Keep): string | undefined {
  const plain = name?.trim().toLowerCase().replace(/\.$/, '');
  if (plain === undefined || plain === '') return undefined;
  const address = keepAddress(plain, keep);
  if (address !== undefined) return address;
  return plain.length <= 253 && plain.split('.').every((label) => LABEL.test(label))
    ? keepValue('domain-name', plain, keep)
    : undefined;
}

/** A label of a host name, internationalised ones as written; names such as `_ldap._tcp` are none by STIX. */
const LABEL = /^[\p{L}\p{N}]([\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?$/u;

/** An IPv4 or IPv6 address; undefined for any other text. */
export function keepAddress(ip: string | undefined, keep: Keep): string | undefined {
  if (ip === undefined) return undefined;
  const parts = ip.split('.');
  if (parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256))
    return keepValue('ipv4-addr', ip, keep);
  return isIpv6(ip) ? keepValue('ipv6-addr', ip.toLowerCase(), keep) : undefined;
}

/** Eight groups of hexadecimal digits, or fewer around one `::`. */
function isIpv6(ip: string): boolean {
  if (!/^[0-9a-f:]+$/i.test(ip)) return false;
  const [before = '', after, ...more] = ip.split('::');
  if (more.length > 0) return false;
  const groups = [before, after ?? ''].filter((side) => side !== '').flatMap((side) => side.split(':'));
  const short = groups.every((group) => group.length > 0 && group.length <= 4);
  return short && (after === undefined ? groups.length === 8 : groups.length < 8);
}

function keepValue(type: string, value: string, keep: Keep): string {
  return keep({ type, id: observableId(type, { value }), ...SPEC, value });
}

/** What is known of a connection; `dst` is an address's or a name's id. */
type Traffic = {
  readonly start: string;
  readonly src: string | undefined;
  readonly dst: string;
  readonly srcPort: number | undefined;
  readonly dstPort: number | undefined;
  readonly transport: string | undefined;
};

/**
 * A connection. Of its protocols only what is known: the version of IP by an address, and the transport a record names.
 * STIX wants one at least, and IP it always is.
 */
export function keepTraffic({ start, src, dst, srcPort, dstPort, transport }: Traffic, keep: Keep): string {
  const network = /^ipv[46]/.exec(dst)?.[0] ?? /^ipv[46]/.exec(src ?? '')?.[0];
  const named = transport?.toLowerCase().replace(/[^a-z0-9]/g, '') ?? '';
  const known = [network ?? '', named].filter((protocol) => protocol !== '');
  const own = {
    start,
    ...given('src_ref', src),
    ...given('dst_ref', dst),
    ...given('src_port', portOf(srcPort)),
    ...given('dst_port', portOf(dstPort)),
    protocols: known.length === 0 ? ['ip'] : known,
  };
  return keep({ type: 'network-traffic', id: observableId('network-traffic', own), ...SPEC, ...own });
}

function portOf(port: number | undefined): number | undefined {
  return port !== undefined && Number.isInteger(port) && port >= 0 && port <= 65_535 ? port : undefined;
}
