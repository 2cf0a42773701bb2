import type { Micros } from '../base/time';
import type { EndpointEvent, EntityId, EventId } from '../events/endpointEvent';

/**
 * How sure the link from a process to its parent is.
 * `exact`: by the vendor's unique id, or by pid within the parent's recorded lifetime.
 * `inferred`: by pid to a process whose start was not recorded, or through a known helper.
 * `broken`: a process that starts others on request (WMI, COM, task scheduler) stands between cause and effect.
 * `root`: the record names no parent.
 */
export type LinkStrength = 'exact' | 'inferred' | 'broken' | 'root';

export type ParentLink = {
  readonly parentId?: EntityId;
  readonly strength: LinkStrength;
  /** One sentence for the analyst; absent when the link is exact. */
  readonly reason?: string;
  /** The parent as recorded, when the source names another as the real creator, which is then `parentId`. */
  readonly recordedParentId?: EntityId;
};

/** How one process had another started, or acted through it, without being its parent. */
export type HandoverKind =
  | 'com'
  | 'wmi'
  | 'task'
  | 'service'
  | 'run_key'
  | 'installer'
  | 'bits'
  | 'remote_thread';

/** A cause that parentage does not show: `from` asked, `to` ran (ANALYTICS B.1 com_broker, F 4-8, 11). */
export type Handover = {
  readonly kind: HandoverKind;
  readonly from: EntityId;
  readonly to: EntityId;
  /** From when what `to` did counts as caused: its start, or the injection. */
  readonly at: Micros;
  readonly strength: 'inferred' | 'weak';
  /** One sentence: who asked whom for what, and by which record this is known. */
  readonly reason: string;
  /** The record that shows the request. */
  readonly event: EventId;
  /**
   * What of `to` was done for `from`, where `to` works for many (the service that downloads); absent: all that
   * it and its descendants do from `at` on.
   */
  readonly acts?: readonly EventId[];
};

/** One process of one host. Identity is `entityId`; a pid is only an attribute. */
export type ProcessNode = {
  readonly entityId: EntityId;
  readonly pid?: number;
  /** Full path of the image as recorded. */
  readonly image?: string;
  readonly commandLine?: string;
  readonly originalFileName?: string;
  /** `DOMAIN\name` or name. */
  readonly user?: string;
  readonly userId?: string;
  readonly integrity?: string;
  readonly sha256?: string;
  readonly logonId?: string;
  readonly workingDirectory?: string;
  readonly startedAt?: Micros;
  readonly endedAt?: Micros;
  /** Earliest time at which anything was recorded of it; orders processes whose start is unknown. */
  readonly firstSeen: Micros;
  /** True when no start record exists: known from what its children or its own events say. */
  readonly imputed: boolean;
  readonly startEvent?: EventId;
  readonly link: ParentLink;
  /** Who asked for its start, when its parent only carried the request out. */
  readonly requestedBy?: Handover;
  /** Who signed the image, where a record says so. */
  readonly signer?: string;
  /** What each source says of it, where more than one does (another channel or another product). */
  readonly sources?: readonly ProcessSource[];
};

/** A process as one source's record tells it: shown beside the others, never averaged with them. */
export type ProcessSource = {
  readonly channel: string;
  readonly event: EventId;
  /** The source's own id of the process. */
  readonly entityId?: EntityId;
  readonly pid?: number;
  readonly startedAt: Micros;
  readonly image?: string;
  readonly commandLine?: string;
  readonly user?: string;
  readonly integrity?: string;
  readonly sha256?: string;
  readonly parentImage?: string;
  readonly parentPid?: number;
};

/** The forest of a host's processes, and for each event the process that did it. */
export type Lineage = {
  readonly processes: ReadonlyMap<EntityId, ProcessNode>;
  /** Children by parent, in order of start. */
  readonly children: ReadonlyMap<EntityId, readonly EntityId[]>;
  /** Handovers by the process that asked, in order of time. */
  readonly handovers: ReadonlyMap<EntityId, readonly Handover[]>;
  /**
   * The process that an event belongs to (for a process_start: the process that started). Undefined when
   * the record names none, or a pid that no process of that time had.
   */
  readonly processOf: (event: EndpointEvent) => EntityId | undefined;
};
