import type { EventKind } from '../../events/endpointEvent';

/** Logs whose records have a category of Sigma's; lower case, as classes are looked up. */
export const SYSMON = 'microsoft-windows-sysmon/operational';
export const SECURITY = 'security';
export const POWERSHELL = 'microsoft-windows-powershell/operational';
const POWERSHELL_CORE = 'powershellcore/operational';
export const POWERSHELL_CLASSIC = 'windows powershell';
const DEFENDER = 'microsoft-windows-windows defender/operational';
export const DNS_CLIENT = 'microsoft-windows-dns-client/operational';
export const DNS_CLIENT_FOLDER = 'microsoft-windows-dns client events/operational';

/**
 * Records of one event number that are about different things, by what their own data says: a registry key created or
 * deleted, a handle to a file or to something else.
 */
export type Variant = 'create' | 'delete' | 'file' | 'other';

/** Where records of a category come from: a channel's event numbers, all of them or those of one variant. */
type Place = readonly [channel: string, events: readonly number[], variants?: readonly Variant[]];

const CREATED: readonly Variant[] = ['create'];
const DELETED: readonly Variant[] = ['delete'];
const OF_FILES: readonly Variant[] = ['file'];

/** Sigma's categories of Windows: which records they are about. */
const PLACES: Readonly<Record<string, readonly Place[]>> = {
  process_creation: [
    [SYSMON, [1]],
    [SECURITY, [4688]],
  ],
  process_termination: [
    [SYSMON, [5]],
    [SECURITY, [4689]],
  ],
  file_change: [[SYSMON, [2]]],
  network_connection: [
    [SYSMON, [3]],
    [SECURITY, [5156]],
  ],
  sysmon_status: [[SYSMON, [4, 16]]],
  driver_load: [[SYSMON, [6]]],
  image_load: [[SYSMON, [7]]],
  create_remote_thread: [[SYSMON, [8]]],
  raw_access_thread: [[SYSMON, [9]]],
  raw_access_read: [[SYSMON, [9]]],
  process_access: [[SYSMON, [10]]],
  file_event: [[SYSMON, [11]]],
  file_access: [[SECURITY, [4656, 4663], OF_FILES]],
  registry_event: [
    [SYSMON, [12, 13, 14]],
    [SECURITY, [4657]],
  ],
  registry_add: [[SYSMON, [12], CREATED]],
  registry_delete: [
    [SYSMON, [12], DELETED],
    [SECURITY, [4657], DELETED],
  ],
  registry_set: [
    [SYSMON, [13]],
    [SECURITY, [4657], CREATED],
  ],
  registry_rename: [[SYSMON, [14]]],
  create_stream_hash: [[SYSMON, [15]]],
  pipe_created: [[SYSMON, [17, 18]]],
  wmi_event: [[SYSMON, [19, 20, 21]]],
  dns_query: [
    [SYSMON, [22]],
    [DNS_CLIENT, [3006, 3008]],
    [DNS_CLIENT_FOLDER, [3006, 3008]],
  ],
  file_delete: [[SYSMON, [23, 26]]],
  file_delete_detected: [[SYSMON, [26]]],
  clipboard_capture: [[SYSMON, [24]]],
  clipboard_change: [[SYSMON, [24]]],
  process_tampering: [[SYSMON, [25]]],
  file_block: [[SYSMON, [27]]],
  file_block_executable: [[SYSMON, [27]]],
  file_block_shredding: [[SYSMON, [28]]],
  file_executable_detected: [[SYSMON, [29]]],
  sysmon_error: [[SYSMON, [255]]],
  // Kernel-File's own tracing, which no export we read brings; EDR products do.
  file_rename: [],
  ps_classic_start: [[POWERSHELL_CLASSIC, [400]]],
  ps_classic_provider_start: [[POWERSHELL_CLASSIC, [600]]],
  ps_classic_script: [[POWERSHELL_CLASSIC, [800]]],
  ps_module: [
    [POWERSHELL, [4103]],
    [POWERSHELL_CORE, [4103]],
  ],
  ps_script: [
    [POWERSHELL, [4104]],
    [POWERSHELL_CORE, [4104]],
  ],
  antivirus: [
    [
      DEFENDER,
      [1006, 1007, 1008, 1009, 1010, 1011, 1012, 1015, 1017, 1018, 1019, 1115, 1116, 1117, 1118, 1119],
    ],
  ],
};

/** Sigma's categories of an event of a product that is no Windows log. */
const CATEGORIES_OF_KIND: Readonly<Partial<Record<EventKind, readonly string[]>>> = {
  process_start: ['process_creation'],
  process_end: ['process_termination'],
  file_create: ['file_event'],
  file_rename: ['file_rename'],
  file_delete: ['file_delete', 'file_delete_detected'],
  file_stream: ['create_stream_hash'],
  file_access: ['file_access'],
  file_time: ['file_change'],
  network_connect: ['network_connection'],
  dns_query: ['dns_query'],
  image_load: ['image_load'],
  registry_add: ['registry_add', 'registry_event'],
  registry_set: ['registry_set', 'registry_event'],
  registry_delete: ['registry_delete', 'registry_event'],
  registry_rename: ['registry_rename', 'registry_event'],
  pipe_create: ['pipe_created'],
  pipe_connect: ['pipe_created'],
  script_block: ['ps_script'],
  script_module: ['ps_module'],
  remote_thread: ['create_remote_thread'],
  alert: ['antivirus'],
};

/** Categories that some format of ours reads. */
export const CATEGORIES: ReadonlySet<string> = new Set(Object.keys(PLACES));

/** Categories of an event of a product; none for kinds that Sigma has no category for. */
export function categoriesOfKind(kind: EventKind): readonly string[] {
  return CATEGORIES_OF_KIND[kind] ?? [];
}

/**
 * Categories of a class of Windows records, `channel` in lower case. A record whose variant could not be told (the
 * collector lost what tells it) belongs to all that it may be about.
 */
export function categoriesOfClass(
  channel: string,
  eventId: number,
  variant: Variant | undefined,
): readonly string[] {
  return (BY_CLASS.get(`${channel} ${eventId}`) ?? [])
    .filter(({ variants }) => variant === undefined || variants === undefined || variants.includes(variant))
    .map(({ category }) => category);
}

/** Whether the class belongs to a category at all: there is a fixed number of those. */
export function hasCategory(channel: string, eventId: number): boolean {
  return BY_CLASS.has(`${channel} ${eventId}`);
}

type Membership = { readonly category: string; readonly variants: readonly Variant[] | undefined };

const BY_CLASS: ReadonlyMap<string, readonly Membership[]> = membershipsByClass();

function membershipsByClass(): ReadonlyMap<string, readonly Membership[]> {
  const found = new Map<string, Membership[]>();
  for (const [category, places] of Object.entries(PLACES))
    for (const [channel, events, variants] of places)
      for (const event of events) {
        const key = `${channel} ${event}`;
        found.set(key, [...(found.get(key) ?? []), { category, variants }]);
      }
  return found;
}

/** What tells one variant from another, for the classes that have any. */
export function variantOf(
  channel: string,
  eventId: number,
  data: Readonly<Record<string, unknown>>,
): Variant | undefined {
  if (eventId === 12 && channel === SYSMON) return isText(data.EventType) ? verb(data.EventType) : undefined;
  if (channel !== SECURITY) return undefined;
  if (eventId === 4657) return isText(data.OperationType) ? operation(data.OperationType) : undefined;
  if (eventId === 4663 || eventId === 4656)
    return isText(data.ObjectType) ? (data.ObjectType === 'File' ? 'file' : 'other') : undefined;
  return undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value !== 'INFO';
}

/** `CreateKey`, `DeleteKey`, `DeleteValue`. */
function verb(eventType: string): Variant {
  return eventType.startsWith('Delete') ? 'delete' : 'create';
}

/** %%1904 created, %%1905 changed, %%1906 deleted; rendered messages say it in words. */
function operation(type: string): Variant | undefined {
  if (type === '%%1906' || /delet/i.test(type)) return 'delete';
  return type === '%%1904' || type === '%%1905' || /creat|modif/i.test(type) ? 'create' : undefined;
}
