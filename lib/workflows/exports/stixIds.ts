import { createHash } from 'node:crypto';
import { canonicalJson } from '../../base/canonicalJson';

/** Namespace of deterministic ids of cyber-observables, STIX 2.1 part 2.9. */
const OBSERVABLES = '00abedb4-aa42-466c-9c01-fed23315a9b7';
/** Our own, for everything the specification gives no rule for. */
const OWN = 'f1c3e0b6-52a1-5d0e-9a3c-6f3b1d5c9a70';

/** Id of an observable by the properties STIX 2.1 says make it: the same file in any bundle of anybody has the same. */
export function observableId(type: string, contributing: Readonly<Record<string, unknown>>): string {
  return `${type}--${uuid5(OBSERVABLES, canonicalJson(contributing))}`;
}

/** Id of any other object, from what it stands for. */
export function ownId(type: string, name: string): string {
  return `${type}--${uuid5(OWN, `${type}|${name}`)}`;
}

/**
 * Id of an observable that no properties make (a process). The specification asks for version 4 there; ours is of that
 * form, and drawn from a hash instead of by chance, so that the same finding gives the same bytes.
 */
export function formedId(type: string, name: string): string {
  return `${type}--${form(createHash('sha256').update(`${OWN}|${type}|${name}`).digest(), 4)}`;
}

/** RFC 4122 version 5: SHA-1 over namespace and name. */
export function uuid5(namespace: string, name: string): string {
  const space = Buffer.from(namespace.replaceAll('-', ''), 'hex');
  return form(createHash('sha1').update(space).update(name, 'utf8').digest(), 5);
}

function form(hash: Buffer, version: number): string {
  const bytes = Buffer.from(hash.subarray(0, 16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
