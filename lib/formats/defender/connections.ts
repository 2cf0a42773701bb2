import { type OpenDraft, put } from '../eventDraft';
import type { VendorRecord } from '../exportFormat';
import { countOf, textOf } from '../vendorValues';
import { cell, detailsOf, type HuntingRow, listOf } from './row';

/**
 * Sets both sides of a connection. As in ECS, source is the side that opened it: outbound, the row's remote
 * side is the destination; inbound, the local side is. Returns the reason if the row names no remote side.
 */
export function putConnection(draft: OpenDraft, row: HuntingRow): string | undefined {
  const action = cell(row, 'ActionType') ?? '';
  const direction = directionOf(action, detailsOf(row));
  put(draft, 'network.direction', direction);
  put(draft, 'network.transport', transportOf(row));
  const remote = { ip: cell(row, 'RemoteIP'), port: countOf(row.RemotePort) };
  const local = { ip: cell(row, 'LocalIP'), port: countOf(row.LocalPort) };
  const [destination, source] = direction === 'ingress' ? [local, remote] : [remote, local];
  put(draft, 'destination.ip', destination.ip);
  put(draft, 'destination.port', destination.port);
  put(draft, 'source.ip', source.ip);
  put(draft, 'source.port', source.port);
  const url = urlOf(row);
  if (direction !== 'ingress' && url !== undefined) putUrl(draft, url);
  return remote.ip === undefined && url === undefined ? 'no RemoteIP and no RemoteUrl' : undefined;
}

/** Sets url.full where the text has a scheme, and the name in it as destination.domain. */
export function putUrl(draft: OpenDraft, url: string): void {
  const scheme = url.indexOf('://');
  if (scheme > 0) put(draft, 'url.full', url);
  put(draft, 'destination.domain', domainOf(scheme > 0 ? url.slice(scheme + 3) : url));
}

/** The name that a URL without its scheme begins with; undefined for an address. */
function domainOf(rest: string): string | undefined {
  const end = rest.search(/[/?#]/);
  const authority = end < 0 ? rest : rest.slice(0, end);
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  if (host.startsWith('[')) return undefined;
  const colon = host.indexOf(':');
  // More than one colon is an IPv6 address, not a port.
  if (colon >= 0 && host.includes(':', colon + 1)) return undefined;
  const name = colon < 0 ? host : host.slice(0, colon);
  return name === '' || /^[\d.]+$/.test(name) || /\s/.test(name) ? undefined : name;
}

function directionOf(action: string, details: VendorRecord): 'egress' | 'ingress' | undefined {
  if (action.startsWith('Inbound')) return 'ingress';
  const told = textOf(details.direction)?.toLowerCase();
  if (told === 'in') return 'ingress';
  if (told === 'out') return 'egress';
  // A connection that was there when the sensor looked: nobody saw who opened it. Nor does a row without ActionType say.
  return action === '' || action.startsWith('ConnectionFound') ? undefined : 'egress';
}

/** `Tcp`, `TcpV4`, `UdpV6` → `tcp`, `udp`. */
function transportOf(row: HuntingRow): string | undefined {
  return cell(row, 'Protocol')
    ?.toLowerCase()
    .replace(/v[46]$/, '');
}

/** What was asked for: RemoteUrl, or what the packet inspection read (HTTP host and uri, TLS server name). */
function urlOf(row: HuntingRow): string | undefined {
  const told = cell(row, 'RemoteUrl');
  if (told !== undefined) return told;
  const details = detailsOf(row);
  const host = textOf(details.host);
  if (host === undefined) return textOf(details.server_name);
  const uri = textOf(details.uri);
  return uri?.startsWith('/') ? `http://${host}${uri}` : host;
}

/** A query seen on the wire (Zeek's names). Undefined for one that somebody else sent to this host. */
export function inspectedQuery(row: HuntingRow): DnsQuery | undefined {
  const details = detailsOf(row);
  if (textOf(details.direction)?.toLowerCase() === 'in') return undefined;
  return { name: textOf(details.query), answers: joinTexts(listOf(details.answers)) };
}

/** A query of the DNS client (DnsQueryResponse), with the answers' data. */
export function clientQuery(row: HuntingRow): DnsQuery {
  const details = detailsOf(row);
  const name = textOf(details.DnsQueryString) ?? textOf(details.DnsQueryName) ?? cell(row, 'RemoteUrl');
  const results = listOf(details.DnsQueryResult ?? details.DnsQueryResults);
  return {
    name,
    answers: joinTexts(results.map((one) => (isResult(one) ? (one.Result ?? one.DnsQueryResult) : one))),
  };
}

/** Question and answers (joined by `;`) of a DNS query. */
type DnsQuery = { readonly name: string | undefined; readonly answers: string | undefined };

function isResult(value: unknown): value is VendorRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function joinTexts(values: readonly unknown[]): string | undefined {
  const texts = values.map((value) => textOf(value)?.replace(/^::ffff:(?=[\d.]+$)/, ''));
  const found = texts.filter((text) => text !== undefined && text !== '');
  return found.length === 0 ? undefined : [...new Set(found)].join(';');
}
