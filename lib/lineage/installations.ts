import { MICROS_PER_MINUTE, MICROS_PER_SECOND, type Micros } from '../base/time';
import { commandLineArguments, normaliseCommandLine } from '../events/commandLine';
import type { EndpointEvent, EntityId, EventId } from '../events/endpointEvent';
import { fileName } from '../events/paths';
import { byTimeAndRecord } from './askingTexts';
import type { HandoverSources } from './handoverSources';
import type { Handover, ProcessNode } from './lineage';
import { beginOf, nearestRequest, shownName } from './nearestRequest';

/** The installer service works on a package this long after it was asked to. */
const REACH = 10 * MICROS_PER_MINUTE;

/** Windows starts the service for its first client within this time. */
const STARTS_WITHIN = 10 * MICROS_PER_SECOND;

/** An installer's client: it names the package and has the service install it. */
type Client = {
  readonly asker: ProcessNode;
  readonly time: Micros;
  readonly event: EventId;
  /** File name of the package, lower case. */
  readonly package: string;
  /** Host of the package's URL; undefined for a local file. */
  readonly host: string | undefined;
};

/**
 * `msiexec /i package` and the service `msiexec /V` that does its work are one unit (ANALYTICS F 8): the service
 * opened the package's file or its URL's host, or was started while one client only was waiting for it.
 */
export function installations(sources: HandoverSources): readonly Handover[] {
  const { processes } = sources;
  const services: ProcessNode[] = [];
  const clients: Client[] = [];
  for (const process of processes.values()) {
    if (process.image === undefined || process.commandLine === undefined) continue;
    if (
      fileName(process.image) !== 'msiexec.exe' &&
      process.originalFileName?.toLowerCase() !== 'msiexec.exe'
    )
      continue;
    if (/\s[-/]v\b/i.test(process.commandLine)) services.push(process);
    else {
      const client = clientOf(process);
      if (client !== undefined) clients.push(client);
    }
  }
  if (services.length === 0 || clients.length === 0) return [];
  clients.sort(byTimeAndRecord);
  const joined = new Map<string, Handover>();
  const add = (client: Client, service: ProcessNode, strength: Handover['strength'], deed: string): void => {
    const key = `${client.asker.entityId} ${service.entityId}`;
    if (joined.get(key)?.strength === 'inferred') return;
    joined.set(key, {
      kind: 'installer',
      from: client.asker.entityId,
      to: service.entityId,
      at: client.time,
      strength,
      reason: `${shownName(client.asker)} had the installer service install ${client.package}: ${deed}`,
      event: client.event,
    });
  };
  for (const [client, service, deed] of seenAtWork(clients, services, sources))
    add(client, service, 'inferred', deed);
  for (const service of services) {
    if (service.startedAt === undefined) continue;
    const waiting = clientsAt(clients, service.startedAt);
    const [only] = waiting;
    if (only !== undefined && waiting.length === 1)
      add(only, service, 'weak', 'the service was started while it alone was waiting for it');
  }
  return [...joined.values()];
}

function* seenAtWork(
  clients: readonly Client[],
  services: readonly ProcessNode[],
  { events, processOf, onWeighed }: HandoverSources,
): Generator<readonly [Client, ProcessNode, string]> {
  const serving = new Map<EntityId, ProcessNode>(services.map((service) => [service.entityId, service]));
  const byMark = new Map<string, Client[]>();
  for (const client of clients) {
    for (const mark of [
      `file ${client.package}`,
      ...(client.host === undefined ? [] : [`host ${client.host}`]),
    ]) {
      const list = byMark.get(mark);
      if (list === undefined) byMark.set(mark, [client]);
      else list.push(client);
    }
  }
  for (const event of events) {
    const mark = markOf(event);
    const named = mark === undefined ? undefined : byMark.get(mark);
    const id = named === undefined ? undefined : processOf(event);
    const service = id === undefined ? undefined : serving.get(id);
    if (named === undefined || service === undefined) continue;
    const found = nearestRequest(named, event.time, REACH, () => {
      onWeighed?.();
      return true;
    });
    if (found !== undefined) yield [found.request, service, `it worked on ${mark?.slice(5)}`];
  }
}

/** What an event of the service could have in common with a package. */
function markOf(event: EndpointEvent): string | undefined {
  if (event.kind === 'dns_query') return hostMark(event['dns.question.name']);
  if (event.kind === 'network_connect') return hostMark(event['destination.domain']);
  const path = event['file.path'];
  return event.kind.startsWith('file_') && path !== undefined ? `file ${fileName(path)}` : undefined;
}

function hostMark(host: string | undefined): string | undefined {
  return host === undefined ? undefined : `host ${host.toLowerCase()}`;
}

/** The package of an install, `msiexec /i x.msi` or `msiexec /qn /package https://h/x`; undefined without one. */
function clientOf(process: ProcessNode): Client | undefined {
  const { commandLine, startEvent } = process;
  if (commandLine === undefined || startEvent === undefined) return undefined;
  const args = commandLineArguments(normaliseCommandLine(commandLine)).slice(1);
  for (const [i, argument] of args.entries()) {
    const written = /^[-/](?:i|a|package|update|p|y|z|j[um]?)$/i.test(argument)
      ? args[i + 1]
      : /^[-/](?:i|a|package|update|p|y|z)(?=["a-z\\]*[\\:])(.+)$/i.exec(argument)?.[1];
    const named = written ?? (/\.ms[ip]$/i.test(argument) ? argument : undefined);
    if (named === undefined || named.length < 4) continue;
    const host = /^https?:\/\/([^/:?#\s]{1,253})/i.exec(named)?.[1]?.toLowerCase();
    const base = { asker: process, time: beginOf(process), event: startEvent };
    return { ...base, package: fileName(named.replace(/[?#].*$/, '').replace(/^https?:/i, '')), host };
  }
  return undefined;
}

/** The clients that began at most `STARTS_WITHIN` before a time; two are as good as many. */
function clientsAt(clients: readonly Client[], time: Micros): readonly Client[] {
  let low = 0;
  let high = clients.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((clients[middle]?.time ?? 0) < time - STARTS_WITHIN) low = middle + 1;
    else high = middle;
  }
  return clients.slice(low, low + 2).filter((client) => client.time <= time);
}
