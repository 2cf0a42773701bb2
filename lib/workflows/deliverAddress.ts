import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Where messages may go although it is inside: names, and networks of addresses. */
export type AllowList = {
  readonly names: ReadonlySet<string>;
  readonly networks: readonly (readonly [ipaddr.IPv4 | ipaddr.IPv6, number])[];
};

/** Resolves a name to all its addresses. */
export type Resolve = (name: string) => Promise<readonly LookupAddress[]>;

/** Why a message must not or cannot be sent as things stand; trying again would not help. */
export class Undeliverable extends Error {
  override readonly name = 'Undeliverable';
}

/** Reads SEQUELA_WEBHOOK_ALLOW: host names, addresses and networks (CIDR), between commas. */
export function parseAllowList(text: string | undefined): AllowList {
  const names = new Set<string>();
  const networks: (readonly [ipaddr.IPv4 | ipaddr.IPv6, number])[] = [];
  for (const entry of allowEntries(text)) {
    if (ipaddr.isValidCIDR(entry)) networks.push(ipaddr.parseCIDR(entry));
    else if (isFullAddress(entry)) {
      const address = ipaddr.parse(entry);
      networks.push([address, address.kind() === 'ipv4' ? 32 : 128]);
    } else names.add(plainName(entry));
  }
  return { names, networks };
}

/** The entries of SEQUELA_WEBHOOK_ALLOW as they were written. */
export function allowEntries(text: string | undefined): readonly string[] {
  return (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/**
 * A webhook's address, if messages may be sent to it: encrypted (unless its host is allowed by name or network), with
 * neither a password nor an address inside in it. What its name leads to is checked when it is connected to. Throws
 * `Undeliverable` with a sentence for people.
 */
export function checkUrl(text: string, allow: AllowList): URL {
  if (!URL.canParse(text)) throw new Undeliverable('This is not a web address.');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new Undeliverable('The address must begin with https://.');
  if (url.username !== '' || url.password !== '')
    throw new Undeliverable(
      'The address must not hold a user name or password: messages are signed instead.',
    );
  const host = hostOf(url);
  const literal = isFullAddress(host);
  const allowed = literal ? isIn(host, allow.networks) : allow.names.has(host);
  if (literal && !allowed && !isPublic(host)) throw refusedAddress(host, host);
  if (!literal && !allowed && isLocalName(host))
    throw new Undeliverable(`${host} is a name of this machine. Allow it in SEQUELA_WEBHOOK_ALLOW.`);
  if (url.protocol === 'http:' && !allowed)
    throw new Undeliverable(
      'The address must begin with https://; http:// is for hosts named in SEQUELA_WEBHOOK_ALLOW.',
    );
  return url;
}

/** Whether messages may go to an address: one of the public internet, or of an allowed network. */
export function mayReach(address: string, allow: AllowList): boolean {
  return isPublic(address) || isIn(address, allow.networks);
}

/**
 * The `lookup` of a connection that looks a name up once, refuses it if any of its addresses is not allowed, and hands
 * over only what it checked: a name that answers differently the next time (DNS rebinding) is not asked again.
 */
export function checkedLookup(allow: AllowList, resolve: Resolve = resolveAll): LookupFunction {
  return (hostname, options, callback) => {
    checkedAddresses(hostname, allow, resolve).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: Error) => callback(error, ''),
    );
  };
}

type Addresses = readonly [LookupAddress, ...LookupAddress[]];

async function checkedAddresses(hostname: string, allow: AllowList, resolve: Resolve): Promise<Addresses> {
  const [first, ...others] = await resolve(hostname);
  if (first === undefined) throw new Error('the name has no address');
  const addresses: Addresses = [first, ...others];
  if (allow.names.has(plainName(hostname))) return addresses;
  for (const { address } of addresses) if (!mayReach(address, allow)) throw refusedAddress(hostname, address);
  return addresses;
}

const resolveAll: Resolve = (name) => systemLookup(name, { all: true });

/** Azure's own services answer here on every virtual machine, though the address is not of a private range. */
const NOT_PUBLIC: ReadonlySet<string> = new Set(['168.63.129.16']);

/** Global unicast of IPv6. Outside it lie forms that carry an IPv4 address (`::7f00:1`), some of which count as unicast. */
const GLOBAL_UNICAST = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

function isPublic(text: string): boolean {
  if (!isFullAddress(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast' || NOT_PUBLIC.has(address.toString())) return false;
  return address.kind() === 'ipv4' || address.match(GLOBAL_UNICAST);
}

function isIn(text: string, networks: AllowList['networks']): boolean {
  if (!isFullAddress(text)) return false;
  // `::ffff:10.0.0.5` is 10.0.0.5, and allowed where that is.
  const address = ipaddr.process(text);
  return networks.some(
    ([network, bits]) => address.kind() === network.kind() && address.match(network, bits),
  );
}

/** An address in full; the short and octal forms of IPv4 are left to the URL parser, which writes them in full. */
function isFullAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
}

function isLocalName(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost');
}

/** Host of an address without brackets and final dot. */
function hostOf(url: URL): string {
  return plainName(url.hostname.replace(/^\[(.*)\]$/, '$1'));
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

function refusedAddress(name: string, address: string): Undeliverable {
  return new Undeliverable(
    name === address
      ? `${address} is not an address of the public internet. Allow it in SEQUELA_WEBHOOK_ALLOW.`
      : `The name leads to ${address}, which is not an address of the public internet. Allow it in SEQUELA_WEBHOOK_ALLOW.`,
  );
}
