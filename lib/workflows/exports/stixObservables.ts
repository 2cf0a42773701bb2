import type { EventView } from '../../contracts/events';
import type { StageEventView } from '../../contracts/findings';
import { completeHashes } from './stixHashes';
import { formedId } from './stixIds';
import {
  given,
  type Hashes,
  hashesOf,
  type Keep,
  keepAddress,
  keepDomain,
  keepFile,
  keepTraffic,
  keepUrl,
  keepUser,
  SPEC,
  type StixObject,
} from './stixMakers';
import { keepRegistry } from './stixRegistry';

/** A name and the address it stood for, by their ids. */
type Resolution = { readonly from: string; readonly to: string };

/** Observables of events of one host: each once by its id, in the order they were first seen. */
type Observables = {
  /** Keeps everything an event shows and gives the ids; empty for an event that shows nothing STIX knows. */
  readonly keep: (event: StageEventView) => readonly string[];
  readonly objects: () => readonly StixObject[];
  readonly resolutions: () => readonly Resolution[];
};

/** Starts a collection; `views` are the stored events by id, `hostId` tells processes of different hosts apart. */
export function createObservables(views: ReadonlyMap<string, EventView>, hostId: string): Observables {
  const objects = new Map<string, StixObject>();
  const resolutions = new Map<string, Resolution>();
  const told = hashesByPath(views);
  return {
    keep(event) {
      const found = new Set<string>();
      const keep: Keep = (object) => {
        // What another record of the same process adds is filled in; nothing known is replaced.
        objects.set(object.id, { ...object, ...objects.get(object.id) });
        found.add(object.id);
        return object.id;
      };
      const telling = { event, facts: factsOf(views.get(event.eventId)), keep, told, hostId };
      keepProcess(telling);
      keepTarget(telling);
      for (const resolution of keepNetwork(telling))
        resolutions.set(`${resolution.from} ${resolution.to}`, resolution);
      return [...found];
    },
    objects: () => [...objects.values()],
    resolutions: () => [...resolutions.values()],
  };
}

/** An event being told, and what it is told with. */
type Telling = {
  readonly event: StageEventView;
  readonly facts: Facts;
  readonly keep: Keep;
  /** All that records tell of a path, by the path in lower case. */
  readonly told: ReadonlyMap<string, readonly Hashes[]>;
  readonly hostId: string;
};

type Facts = {
  readonly text: (field: string) => string | undefined;
  readonly number: (field: string) => number | undefined;
};

function factsOf(view: EventView | undefined): Facts {
  const fields = view?.fields ?? {};
  return {
    text(field) {
      const value = fields[field];
      return value === undefined || value === '' ? undefined : String(value);
    },
    number(field) {
      const value = fields[field];
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
    },
  };
}

/** The files an event names with hashes of their own. */
function hashedFiles({ text }: Facts): readonly { readonly path: string; readonly hashes: Hashes }[] {
  return (
    [
      [text('process.executable'), 'process.hash'],
      [fileOf(text('file.path')), 'file.hash'],
    ] as const
  ).flatMap(([path, of]) => {
    const hashes = hashesOf(text(`${of}.md5`), text(`${of}.sha1`), text(`${of}.sha256`));
    return path === undefined || Object.keys(hashes).length === 0
      ? []
      : [{ path: path.toLowerCase(), hashes }];
  });
}

function hashesByPath(views: ReadonlyMap<string, EventView>): ReadonlyMap<string, readonly Hashes[]> {
  const told = new Map<string, Hashes[]>();
  for (const { path, hashes } of [...views.values()].flatMap((view) => hashedFiles(factsOf(view)))) {
    const known = told.get(path);
    if (known === undefined) told.set(path, [hashes]);
    else known.push(hashes);
  }
  return told;
}

/** The file a path is of, without the name of a stream in it. */
function fileOf(path: string | undefined): string | undefined {
  return path?.replace(/([\\/][^\\/:]+):[^\\/]*$/, '$1');
}

/** A file with the hashes its event tells, and with those of other records that can only be of the same file. */
function fileAt(path: string | undefined, { facts, told, keep }: Telling): string | undefined {
  const name = path?.toLowerCase() ?? '';
  const own = hashedFiles(facts).find((file) => file.path === name)?.hashes ?? {};
  return keepFile(path, completeHashes(own, told.get(name) ?? []), keep);
}

/** The process that acted, with image, user and, of a start, its parent. */
function keepProcess(telling: Telling): void {
  const { event, facts, keep, hostId } = telling;
  const { text, number } = facts;
  const started = event.kind === 'process_start';
  const own = {
    ...given('pid', event.pid ?? number('process.pid')),
    ...given('cwd', started ? text('process.working_directory') : undefined),
    ...given('command_line', event.commandLine ?? (started ? text('process.command_line') : undefined)),
    ...given('creator_user_ref', keepUser(event.user ?? text('user.name'), text('user.id'), keep)),
    ...given('image_ref', fileAt(event.image ?? text('process.executable'), telling)),
    ...given('parent_ref', started ? keepParent(telling) : undefined),
  };
  if (Object.keys(own).length === 0) return;
  const entity = event.entityId ?? text('process.entity_id') ?? `of ${event.eventId}`;
  keep({
    type: 'process',
    id: formedId('process', `${hostId}|${entity}`),
    ...SPEC,
    ...given('created_time', started ? event.time : undefined),
    ...own,
  });
}

function keepParent(telling: Telling): string | undefined {
  const { event, facts, keep, hostId } = telling;
  const own = {
    ...given('pid', facts.number('process.parent.pid')),
    ...given('command_line', facts.text('process.parent.command_line')),
    ...given('image_ref', fileAt(facts.text('process.parent.executable'), telling)),
  };
  if (Object.keys(own).length === 0) return undefined;
  const entity = facts.text('process.parent.entity_id') ?? `parent of ${event.eventId}`;
  return keep({ type: 'process', id: formedId('process', `${hostId}|${entity}`), ...SPEC, ...own });
}

/** The file or registry key acted upon, and where a file came from. */
function keepTarget(telling: Telling): void {
  const { event, facts, keep } = telling;
  fileAt(fileOf(event.path ?? facts.text('file.path')), telling);
  for (const field of ['file.origin_url', 'file.origin_referrer_url', 'url.full']) {
    const origin = facts.text(field);
    // What was unpacked came from an archive on the disk.
    if (LOCAL.test(origin ?? '')) fileAt(origin, telling);
    else keepUrl(origin, keep);
  }
  keepRegistry(facts.text('registry.path'), facts.text('registry.data'), event.kind, keep);
}

/** A path with a drive, or on a share. */
const LOCAL = /^([a-z]:[\\/]|\\\\)/i;

/**
 * Names and addresses, the connection between them, and which name stood for which address. The destination of a
 * look-up is the resolver, which is no answer to it.
 */
function keepNetwork({ event, facts, keep }: Telling): readonly Resolution[] {
  const { text, number } = facts;
  const name = keepDomain(event.query ?? text('destination.domain'), keep);
  const target = event.kind === 'dns_query' ? undefined : keepAddress(text('destination.ip'), keep);
  const source = keepAddress(text('source.ip'), keep);
  const answers = (text('dns.answers') ?? '').split(';').map((answer) => keepAddress(answer.trim(), keep));
  const dst = target ?? name;
  if (event.kind === 'network_connect' && dst !== undefined)
    keepTraffic(
      {
        start: event.time,
        src: source,
        dst,
        srcPort: number('source.port'),
        dstPort: number('destination.port'),
        transport: text('network.transport'),
      },
      keep,
    );
  if (name?.startsWith('domain-name--') !== true) return [];
  return [event.kind === 'network_connect' ? target : undefined, ...answers].flatMap((to) =>
    to === undefined ? [] : [{ from: name, to }],
  );
}
