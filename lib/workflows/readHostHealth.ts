import { formatMicros, MICROS_PER_SECOND, micros } from '../base/time';
import type { HostHealth, HostUsers } from '../contracts/hosts';
import { kindsWatched } from '../correlate/blindTimes';
import { EVENT_KINDS, type EventKind, type RecordedField } from '../events/endpointEvent';
import { type KindBlindInterval, loadBlindIntervals } from '../storage/blindIntervals';
import { countHealth, countUsers, type KindHealth } from '../storage/hostHealth';
import { loadHostSummaries, memberIds } from '../storage/hosts';
import { readCatalogue } from './readCatalogue';
import { hostOrRefuse } from './readLineage';

/** As many stretches as a line of the page has room for. */
const BINS = 120;
const USERS = 100;

const OF_PROCESS: readonly RecordedField[] = ['process.entity_id', 'process.executable'];

/** The fields that decide what a kind's events can tell; for kinds not named, who did it. */
const FIELDS: Partial<Record<EventKind, readonly RecordedField[]>> = {
  process_start: [
    'process.command_line',
    'process.parent.entity_id',
    'process.parent.executable',
    'user.name',
    'process.hash.sha256',
    'process.pe.original_file_name',
    'process.integrity_level',
  ],
  file_create: ['process.entity_id', 'process.executable', 'file.path', 'file.origin_url'],
  file_rename: ['process.entity_id', 'process.executable', 'file.path', 'file.Ext.original.path'],
  file_stream: ['process.entity_id', 'process.executable', 'file.path', 'file.origin_url'],
  file_access: ['process.entity_id', 'process.executable', 'file.path'],
  network_connect: [
    'process.entity_id',
    'process.pid',
    'destination.ip',
    'destination.domain',
    'network.direction',
  ],
  dns_query: ['process.entity_id', 'process.pid', 'dns.question.name', 'dns.answers'],
  image_load: ['process.entity_id', 'dll.path', 'dll.code_signature.status'],
  registry_set: ['process.entity_id', 'process.executable', 'registry.path', 'registry.data'],
  script_block: ['process.pid', 'powershell.script_block_text'],
  logon: ['user.name', 'winlog.logon.id', 'winlog.logon.type', 'source.ip'],
  alert: ['rule.name', 'event.severity', 'process.entity_id'],
  log_clear: [],
  sensor_change: ['message'],
};

const ASKED: readonly RecordedField[] = [...new Set([...OF_PROCESS, ...Object.values(FIELDS).flat()])].sort();

/**
 * What a host's telemetry was: each kind that came or that is watched for blindness, over time, where it was blind and
 * with which fields filled. What was done to its sources is in its ledger (readHostLedger). Throws `not_found`.
 */
export async function readHostHealth(host: string): Promise<HostHealth> {
  const id = await hostOrRefuse(host);
  const [hostIds, [summary], { catalogue }] = await Promise.all([
    memberIds(id),
    loadHostSummaries({ id, limit: 1 }),
    readCatalogue(),
  ]);
  if (summary === undefined || summary.from === null || summary.to === null)
    return { from: null, to: null, binSeconds: 1, kinds: [] };
  const span = { from: summary.from, to: summary.to };
  const binMicros = Math.max(1, Math.trunc((span.to - span.from) / BINS) + 1);
  const [counted, blind] = await Promise.all([
    countHealth(hostIds, span.from, binMicros, ASKED),
    loadBlindIntervals([id], span),
  ]);
  const needed = new Set(kindsWatched(catalogue));
  const byKind = new Map(counted.map((health) => [health.kind, health]));
  const shown = EVENT_KINDS.filter((kind) => needed.has(kind) || byKind.has(kind));
  return {
    from: iso(span.from),
    to: iso(span.to),
    binSeconds: binMicros / MICROS_PER_SECOND,
    kinds: [...shown.filter((kind) => needed.has(kind)), ...shown.filter((kind) => !needed.has(kind))].map(
      (kind) => ({
        kind,
        needed: needed.has(kind),
        ...toKindView(kind, byKind.get(kind), span.from, binMicros),
        // All of it at one moment: what was recorded then could be, and only edges meet there.
        blind: (span.from === span.to && byKind.has(kind) ? [] : blind)
          .filter((interval) => interval.kind === kind && !isSliver(interval, span))
          .map(toBlindView),
      }),
    ),
  };
}

/** Accounts seen on a host, the most active first. Throws `not_found`. */
export async function readHostUsers(host: string): Promise<HostUsers> {
  const { users, total } = await countUsers(await memberIds(await hostOrRefuse(host)), USERS);
  return { items: users.map((user) => ({ ...user, from: iso(user.from), to: iso(user.to) })), total };
}

type KindView = HostHealth['kinds'][number];

function toKindView(
  kind: EventKind,
  health: KindHealth | undefined,
  start: number,
  binMicros: number,
): Pick<KindView, 'events' | 'from' | 'to' | 'bins' | 'filled'> {
  if (health === undefined) return { events: 0, from: null, to: null, bins: [], filled: [] };
  return {
    events: health.events,
    from: iso(health.from),
    to: iso(health.to),
    bins: health.bins.map(({ bin, count }) => ({ from: iso(start + bin * binMicros), count })),
    filled: (FIELDS[kind] ?? OF_PROCESS).map((field) => ({
      field,
      share: (health.filled.get(field) ?? 0) / health.events,
    })),
  };
}

type Span = { readonly from: number; readonly to: number };

/**
 * Streams begin and end within moments of one another: less than a second at an edge of the span says nothing, unless
 * the span itself is no longer and all of it was blind.
 */
function isSliver({ from, to }: KindBlindInterval, span: Span): boolean {
  if (to - from >= MICROS_PER_SECOND) return false;
  const [begins, ends] = [from <= span.from, to >= span.to];
  return begins !== ends;
}

function toBlindView({ from, to, reason }: KindBlindInterval): KindView['blind'][number] {
  return { from: iso(from), to: iso(to), reason };
}

function iso(time: number): string {
  return formatMicros(micros(time));
}
