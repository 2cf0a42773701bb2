import { AppError } from '../base/appError';
import { formatMicros, MICROS_PER_SECOND, micros } from '../base/time';
import type { HostView } from '../contracts/hosts';
import { loadCoverage } from '../storage/coverage';
import { loadHostDecisions, loadHostDevices } from '../storage/hostIdentity';
import { type HostSummary, loadHostSummaries } from '../storage/hosts';
import { loadImportsOfHost } from '../storage/imports';
import { fromCursor, toCursor } from './cursor';
import { segmentsSince } from './readImports';
import { hostOrRefuse } from './readLineage';

const PAGE = 200;

type HostItem = Omit<HostView, 'coverage' | 'clockOffsets' | 'productClocks' | 'identity' | 'imports'>;

/** Hosts in order of name. */
export async function readHosts(query: {
  readonly cursor?: string | undefined;
  readonly limit?: number | undefined;
}): Promise<{ items: HostItem[]; nextCursor: string | null }> {
  const limit = query.limit ?? PAGE;
  const after = fromCursor(query.cursor, 'string');
  const hosts = await loadHostSummaries({
    limit: limit + 1,
    ...(after === undefined ? {} : { after: after[0] }),
  });
  const shown = hosts.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(toHostItem),
    nextCursor: hosts.length > limit && last !== undefined ? toCursor([last.name]) : null,
  };
}

/** One host by id or name, with its coverage, its clock and its imports. Throws `not_found`. */
export async function readHost(idOrName: string): Promise<HostView> {
  const id = await hostOrRefuse(idOrName);
  const [[host], coverage, imports] = await Promise.all([
    loadHostSummaries({ id, limit: 1 }),
    loadCoverage(id),
    loadImportsOfHost(id),
  ]);
  if (host === undefined) throw new AppError('not_found', 'There is no host with this id or name.');
  const names = [host.name, ...host.aliases.map((alias) => alias.name)];
  const [devices, decisions] = await Promise.all([loadHostDevices(names), loadHostDecisions(names)]);
  return {
    ...toHostItem(host),
    productClocks: host.productClocks.map(({ offset, ...clock }) => ({
      ...clock,
      offsetSeconds: offset / MICROS_PER_SECOND,
      choice: host.asReported.includes(clock.product) ? 'as_reported' : 'estimated',
    })),
    identity: {
      names: host.aliases.map(({ name, because }) => ({ name, because })),
      devices: devices.map(({ device, name }) => ({ device, name })),
      decisions: decisions.map((one) => ({ ...one, at: one.at.toISOString() })),
    },
    clockOffsets: segmentsSince(host.clock, micros(host.from ?? Number.NaN)).map((segment) => ({
      from: formatMicros(segment.from),
      offsetSeconds: segment.offset / MICROS_PER_SECOND,
    })),
    coverage: coverage.map(({ gaps: _, ...entry }) => ({ ...entry, fix: entry.fix ?? null })),
    imports: imports.map(({ id: importId, name, events, createdAt, format }) => ({
      id: String(importId),
      name,
      events,
      at: createdAt.toISOString(),
      format,
    })),
  };
}

function toHostItem(host: HostSummary): HostItem {
  return {
    id: String(host.id),
    name: host.name,
    aliases: host.aliases.map((alias) => alias.name),
    from: host.from === null ? null : formatMicros(micros(host.from)),
    to: host.to === null ? null : formatMicros(micros(host.to)),
    events: host.events,
    counts: Object.fromEntries(host.counts),
    findings: host.findings,
  };
}
