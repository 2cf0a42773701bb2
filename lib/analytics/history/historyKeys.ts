import { getDomain } from 'tldts';
import { remember } from '../../base/remember';
import { addressScope } from '../../events/addresses';
import type { EndpointEvent } from '../../events/endpointEvent';
import { canonicalPath, fileName } from '../../events/paths';
import type { ProcessNode } from '../../lineage/lineage';
import type { HistoryKey } from './history';
import type { ProgramClass } from './programClass';

/** Where an address can be reached from, as addressScope says; remembered. */
export const scopeOf = remember(addressScope);

/**
 * Name under which a destination is remembered: its registrable domain (customers of one hosting service apart),
 * else its public address. Undefined for what is no destination: names of one label, reverse look-ups, addresses
 * of the own network.
 */
export function destinationOf(name: string | undefined, ip: string | undefined): string | undefined {
  // What resolves to the own network is the own network, whatever it is called.
  if (ip !== undefined && scopeOf(ip) !== 'public') return undefined;
  const domain = name === undefined ? undefined : domainOf(name);
  return domain ?? ip?.toLowerCase();
}

/** Names are asked for again and again; the list of public suffixes is not free. */
const domainOf = remember((name: string): string | undefined => {
  const bare = name.toLowerCase().replace(/\.$/, '');
  if (bare.endsWith('.arpa')) return undefined;
  return getDomain(bare, { allowPrivateDomains: true, validateHostname: false, detectIp: true }) ?? undefined;
});

/** `destination:example.com` */
export function destinationKey(destination: string): HistoryKey {
  return `destination:${destination}`;
}

/** `class_destination:office|example.com` */
export function classDestinationKey(programClass: ProgramClass, destination: string): HistoryKey {
  return `class_destination:${programClass}|${destination}`;
}

/** `pair:winword.exe>cmd.exe`; undefined where one of the two is not known. */
export function pairKey(parent: string | undefined, child: string | undefined): HistoryKey | undefined {
  if (parent === undefined || child === undefined) return undefined;
  return `pair:${fileName(parent)}>${fileName(child)}`;
}

/** `image:c:\windows\system32\cmd.exe` */
export function imageKey(image: string | undefined): HistoryKey | undefined {
  return image === undefined ? undefined : `image:${canonicalPath(image).path}`;
}

/** `hash:<sha256>` */
export function hashKey(sha256: string | undefined): HistoryKey | undefined {
  return sha256 === undefined ? undefined : `hash:${sha256.toLowerCase()}`;
}

/** Names a program goes by: its file name, then its OriginalFileName where recorded. */
export function programNames(
  event: EndpointEvent | undefined,
  process: ProcessNode | undefined,
): readonly string[] {
  const image = event?.['process.executable'] ?? process?.image;
  const original = event?.['process.pe.original_file_name'] ?? process?.originalFileName;
  return [
    ...(image === undefined ? [] : [fileName(image)]),
    ...(original === undefined ? [] : [original.toLowerCase()]),
  ];
}
