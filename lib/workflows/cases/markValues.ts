import { addressScope } from '../../events/addresses';
import type { EndpointEvent, EventKind } from '../../events/endpointEvent';
import { fileName } from '../../events/paths';
import type { StageEvent } from '../../findings/finding';

/** Kinds of events that bring a file onto a host. */
const DROPS: ReadonlySet<EventKind> = new Set(['file_create', 'file_rename', 'file_stream', 'bits_transfer']);

/** Where an event went: a name or an address, lower case, without port; undefined for what stays on the host. */
export function destinationOf({ query, destination }: StageEvent): string | undefined {
  const given = (query ?? destination)?.trim().toLowerCase();
  if (given === undefined) return undefined;
  const name = (given.startsWith('[') ? given.replace(/^\[([^\]]*)\].*$/, '$1') : withoutPort(given)).replace(
    /\.$/,
    '',
  );
  const scope = addressScope(name);
  return name === '' || name === 'localhost' || scope === 'loopback' || scope === 'unspecified'
    ? undefined
    : name;
}

/** `a.example:443` and `192.0.2.7:443`; an IPv6 address has more colons and, as recorded, its port after the last. */
function withoutPort(text: string): string {
  const port = /:(\d{1,5})$/.exec(text);
  if (port === null) return text;
  const rest = text.slice(0, port.index);
  if (!rest.includes(':')) return rest;
  // Both "fe80::1" and "fe80::1:443" are addresses; as recorded the port is always there.
  return addressScope(rest) === undefined ? text : rest;
}

/** Path of the file an event brought onto the host, as written; undefined for other events. */
export function droppedPath({ kind, path }: StageEvent): string | undefined {
  return DROPS.has(kind) && path !== undefined && path !== '' ? path : undefined;
}

/** Name of the file an event is about, lower case: of one it brought, read or opened; undefined for none. */
export function touchedName({ path }: StageEvent): string | undefined {
  const name = path === undefined ? '' : fileName(path);
  return name === '' ? undefined : name;
}

/** Hash of the file an event is about, lower case, by the strongest kind recorded; undefined for none. */
export function fileHash(
  event: EndpointEvent | undefined,
): { readonly type: 'sha256' | 'sha1' | 'md5'; readonly value: string } | undefined {
  return hashAmong([
    ['sha256', event?.['file.hash.sha256']],
    ['sha1', event?.['file.hash.sha1']],
    ['md5', event?.['file.hash.md5']],
  ]);
}

/** Hash of the image of a process an event started, likewise. */
export function imageHash(event: EndpointEvent | undefined): ReturnType<typeof fileHash> {
  if (event?.kind !== 'process_start') return undefined;
  return hashAmong([
    ['sha256', event['process.hash.sha256']],
    ['sha1', event['process.hash.sha1']],
    ['md5', event['process.hash.md5']],
  ]);
}

const LENGTHS = { sha256: 64, sha1: 40, md5: 32 } as const;

function hashAmong(
  given: readonly (readonly ['sha256' | 'sha1' | 'md5', string | undefined])[],
): ReturnType<typeof fileHash> {
  for (const [type, text] of given) {
    const value = text?.trim().toLowerCase() ?? '';
    // Of zeros only: the sensor did not compute it.
    if (value.length === LENGTHS[type] && /^[0-9a-f]+$/.test(value) && !/^0+$/.test(value))
      return { type, value };
  }
  return undefined;
}

/** Accounts every Windows host has: that two have them in common says nothing. */
const EVERYWHERE = new Set([
  'system',
  'local service',
  'network service',
  'localsystem',
  's-1-5-18',
  's-1-5-19',
  's-1-5-20',
]);
const EVERYWHERE_OF = new Set([
  'nt authority',
  'font driver host',
  'window manager',
  'nt service',
  'iis apppool',
]);

/** The person an event names, lower case, without domain; undefined for accounts of the system and of machines. */
export function personOf({ user }: StageEvent): string | undefined {
  const given = user?.trim().toLowerCase();
  if (given === undefined || given === '') return undefined;
  const at = given.lastIndexOf('\\');
  const name = given.slice(at + 1);
  if (name === '' || name === '-' || name.endsWith('$')) return undefined;
  if (EVERYWHERE.has(name) || EVERYWHERE_OF.has(given.slice(0, Math.max(at, 0)))) return undefined;
  return name;
}
