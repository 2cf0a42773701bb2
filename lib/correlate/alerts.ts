import { indexPaths } from '../analytics/host/pathIndex';
import { MICROS_PER_DAY, MICROS_PER_MINUTE, type Micros } from '../base/time';
import type { EndpointEvent, EntityId, EventId } from '../events/endpointEvent';
import { canonicalPath } from '../events/paths';
import { type Product, productOf } from '../events/product';
import type { Finding } from '../findings/finding';
import type { Lineage } from '../lineage/lineage';

/** A vendor's alert on one host, and the finding whose chain it belongs to, if any. */
export type HostAlert = {
  readonly event: EventId;
  /** The vendor's id of the alert; several events (pieces of evidence) may share it. Else the event's own id. */
  readonly alert: string;
  readonly rule: string;
  readonly product: Product;
  /** 1 to 99 as in `event.severity`; absent when the vendor gives none. */
  readonly severity?: number;
  readonly time: Micros;
  readonly entityId?: EntityId;
  /** The process's image, else the file's path. */
  readonly subject?: string;
  readonly user?: string;
  /** Id of the finding that explains it. */
  readonly finding?: string;
};

/** How far before a chain begins, and after it ends, an alert on its processes still belongs to it. */
const BEFORE = 5 * MICROS_PER_MINUTE;
const AFTER = MICROS_PER_DAY;

/** Ancestors looked at; real lineages are a tenth as deep. */
const DEPTH = 64;

/**
 * Tells for each alert of a host whether a chain explains it: it is on a process of the chain's path or
 * stages, below a process that the chain saw starting, or about a file on its path, and not far from it in
 * time. Of several the finding that ranks first. Suppressed findings explain nothing: what they hide is
 * looked at nowhere. `findings` by rank; alerts come out in the events' order.
 */
export function explainAlerts(
  events: readonly EndpointEvent[],
  findings: readonly Finding[],
  lineage: Lineage,
): readonly HostAlert[] {
  const alerts = events.filter((event) => event.kind === 'alert');
  if (alerts.length === 0) return [];
  const chains = findings.filter((finding) => !finding.suppressed).map(reachOf);
  const reaches = indexReaches(chains, alerts);
  return alerts.map((event) => {
    const process = lineage.processOf(event);
    const ancestors = process === undefined ? [] : ancestorsOf(process, lineage);
    return toAlert(event, process, firstReaching(event, ancestors, reaches)?.id);
  });
}

type Reach = {
  readonly id: string;
  readonly rank: number;
  readonly from: number;
  readonly to: number;
  readonly members: ReadonlySet<EntityId>;
  readonly started: ReadonlySet<EntityId>;
  readonly files: readonly string[];
};

function reachOf(finding: Finding, rank: number): Reach {
  const quoted = finding.stages.flatMap((stage) => stage.events);
  return {
    id: finding.id,
    rank,
    from: finding.from - BEFORE,
    to: finding.to + AFTER,
    members: new Set([...finding.path, ...quoted.flatMap((event) => event.entityId ?? [])]),
    started: new Set(
      quoted.flatMap((event) => (event.kind === 'process_start' ? (event.entityId ?? []) : [])),
    ),
    files: finding.artefacts.flatMap((artefact) =>
      artefact.type === 'file' ? [canonicalPath(artefact.detail ?? artefact.label).path] : [],
    ),
  };
}

/** Chains by what an alert may have in common with them; each list by rank. */
type Reaches = {
  readonly byMember: ReadonlyMap<EntityId, readonly Reach[]>;
  readonly byStarted: ReadonlyMap<EntityId, readonly Reach[]>;
  /** By the canonical path of an alert's file. */
  readonly byFile: ReadonlyMap<string, readonly Reach[]>;
};

function indexReaches(chains: readonly Reach[], alerts: readonly EndpointEvent[]): Reaches {
  const byMember = new Map<EntityId, Reach[]>();
  const byStarted = new Map<EntityId, Reach[]>();
  const byFile = new Map<string, Reach[]>();
  // By the alerts' files, not the chains': several thousand chains may share one file, and so may alerts.
  const files = indexPaths(
    () => alerts.flatMap((event) => fileOf(event) ?? []),
    ({ path }) => ({ path, tag: '' }),
  );
  for (const chain of chains) {
    for (const id of chain.members) push(byMember, id, chain);
    for (const id of chain.started) push(byStarted, id, chain);
    for (const path of chain.files) {
      for (const { entry } of files.at(path)) push(byFile, entry.path, chain);
    }
  }
  return { byMember, byStarted, byFile };
}

/** The chain of the best rank that reaches an alert. `ancestors`: the alert's process first, then upwards. */
function firstReaching(
  event: EndpointEvent,
  ancestors: readonly EntityId[],
  { byMember, byStarted, byFile }: Reaches,
): Reach | undefined {
  let first: Reach | undefined;
  const offer = (chains: readonly Reach[] | undefined): void => {
    for (const chain of chains ?? []) {
      if (first !== undefined && chain.rank >= first.rank) return;
      if (event.time >= chain.from && event.time <= chain.to) first = chain;
    }
  };
  const [own] = ancestors;
  if (own !== undefined) offer(byMember.get(own));
  for (const process of ancestors) offer(byStarted.get(process));
  const file = fileOf(event)?.path;
  if (file !== undefined) offer(byFile.get(file));
  return first;
}

function fileOf(event: EndpointEvent): { readonly event: EndpointEvent; readonly path: string } | undefined {
  const path = event['file.path'];
  return path === undefined ? undefined : { event, path: canonicalPath(path).path };
}

function push<Key>(map: Map<Key, Reach[]>, key: Key, chain: Reach): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [chain]);
  // One chain comes once: its files and spellings may lead to one alert several times.
  else if (list.at(-1) !== chain) list.push(chain);
}

function ancestorsOf(process: EntityId, lineage: Lineage): readonly EntityId[] {
  const ancestors: EntityId[] = [];
  let at: EntityId | undefined = process;
  while (at !== undefined && ancestors.length < DEPTH && !ancestors.includes(at)) {
    ancestors.push(at);
    at = lineage.processes.get(at)?.link.parentId;
  }
  return ancestors;
}

function toAlert(
  event: EndpointEvent,
  process: EntityId | undefined,
  finding: string | undefined,
): HostAlert {
  const severity = event['event.severity'];
  const subject = event['process.executable'] ?? event['file.path'];
  const user = event['user.name'];
  return {
    event: event.id,
    alert: event['event.id'] ?? event.id,
    rule: event['rule.name'] ?? event.message ?? event.code,
    product: productOf(event.channel),
    time: event.time,
    ...(severity === undefined ? {} : { severity }),
    ...(process === undefined ? {} : { entityId: process }),
    ...(subject === undefined ? {} : { subject }),
    ...(user === undefined ? {} : { user }),
    ...(finding === undefined ? {} : { finding }),
  };
}
