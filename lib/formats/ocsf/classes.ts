import type { EventKind } from '../../events/endpointEvent';

/** A class whose records become events: the kind of each activity; those not named are not used. */
export type OcsfClass = {
  readonly name: string;
  readonly kinds: ReadonlyMap<number, EventKind>;
  /** Traffic of networks, too: where a record names no process, nothing can be tied to it. */
  readonly network?: boolean;
};

/** Activities: 0 unknown and 99 other stand in every class; producers leave the number out, which is 0 here. */
export const CLASSES: ReadonlyMap<number, OcsfClass> = new Map([
  [
    1001,
    {
      name: 'File System Activity',
      // What is updated has new content of this process, as a created file has.
      kinds: kinds([
        [1, 'file_create'],
        [2, 'file_access'],
        [3, 'file_create'],
        [4, 'file_delete'],
        [5, 'file_rename'],
        [14, 'file_access'],
      ]),
    },
  ],
  [1005, { name: 'Module Activity', kinds: kinds([[1, 'image_load']]) }],
  [
    1007,
    {
      name: 'Process Activity',
      kinds: kinds([
        [1, 'process_start'],
        [2, 'process_end'],
      ]),
    },
  ],
  [3002, { name: 'Authentication', kinds: kinds([[1, 'logon']]) }],
  [4001, { name: 'Network Activity', network: true, kinds: connections() }],
  [4002, { name: 'HTTP Activity', network: true, kinds: everyActivity('network_connect') }],
  [4003, { name: 'DNS Activity', network: true, kinds: everyActivity('dns_query') }],
  [4005, { name: 'RDP Activity', network: true, kinds: connections() }],
  [4006, { name: 'SMB Activity', network: true, kinds: connections() }],
  [4007, { name: 'SSH Activity', network: true, kinds: connections() }],
  [4008, { name: 'FTP Activity', network: true, kinds: everyActivity('network_connect') }],
  [
    201_001,
    {
      name: 'Registry Key Activity',
      kinds: kinds([
        [1, 'registry_add'],
        [2, 'registry_access'],
        [3, 'registry_set'],
        [4, 'registry_delete'],
        [5, 'registry_rename'],
      ]),
    },
  ],
  [
    201_002,
    {
      name: 'Registry Value Activity',
      kinds: kinds([
        [1, 'registry_access'],
        [2, 'registry_set'],
        [3, 'registry_set'],
        [4, 'registry_delete'],
      ]),
    },
  ],
]);

/** Findings that tell of something detected; the other classes of the category speak of posture and compliance. */
export const DETECTIONS: ReadonlySet<number> = new Set([2001, 2004]);

/** Classes that say which machines there are. */
export const INVENTORIES: ReadonlySet<number> = new Set([5001, 5002]);

function kinds(pairs: readonly (readonly [number, EventKind])[]): ReadonlyMap<number, EventKind> {
  return new Map(pairs);
}

/** Opened, failed, refused, or traffic seen: a connection. Closing and resetting tell of one that was told. */
function connections(): ReadonlyMap<number, EventKind> {
  return new Map([0, 1, 4, 5, 6, 99].map((activity) => [activity, 'network_connect']));
}

function everyActivity(kind: EventKind): ReadonlyMap<number, EventKind> {
  return new Map([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 99].map((activity) => [activity, kind]));
}
