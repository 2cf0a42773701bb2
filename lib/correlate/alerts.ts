import { MICROS_PER_DAY, MICROS_PER_MINUTE, type Micros } from '../base/time';
import type { EndpointEvent, EntityId, EventId } from '../events/endpointEvent';
import { canonicalPath, samePath } from '../events/paths';
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
  const chains = findings.filter((finding) => !finding.suppressed).map(reachOf);
  return events.flatMap((event) => {
    if (event.kind !== 'alert') return [];
    const process = lineage.processOf(event);
    const ancestors = process === undefined ? [] : ancestorsOf(process, lineage);
    const file = event['file.path'] === undefined ? undefined : canonicalPath(event['file.path']).path;
    const found = chains.find((chain) => explains(chain, event.time, ancestors, file));
    return [toAlert(event, process, found?.id)];
  });
}

type Reach = {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly members: ReadonlySet<EntityId>;
  readonly started: ReadonlySet<EntityId>;
  readonly files: readonly string[];
};

function reachOf(finding: Finding): Reach {
  const quoted = finding.stages.flatMap((stage) => stage.events);
  return {
    id: finding.id,
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

/** `ancestors`: the alert's process first, then upwards. */
function explains(
  chain: Reach,
  time: Micros,
  ancestors: readonly EntityId[],
  file: string | undefined,
): boolean {
  if (time < chain.from || time > chain.to) return false;
  const [own] = ancestors;
  if (own !== undefined && chain.members.has(own)) return true;
  if (ancestors.some((process) => chain.started.has(process))) return true;
  return file !== undefined && chain.files.some((path) => samePath(path, file) !== undefined);
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
