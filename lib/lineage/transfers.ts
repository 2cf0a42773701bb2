import { MICROS_PER_MINUTE, type Micros } from '../base/time';
import type { EndpointEvent, EntityId, EventId } from '../events/endpointEvent';
import { fileName } from '../events/paths';
import { byTimeAndRecord } from './askingTexts';
import type { HandoverSources } from './handoverSources';
import type { Handover, ProcessNode } from './lineage';
import { beginOf, nearestRequest, shownName } from './nearestRequest';
import { plainText } from './requestedCommand';

/** A transfer begins at most this long after it was asked for; its network follows within it. */
const REACH = 10 * MICROS_PER_MINUTE;

/** Acts of the service kept per transfer. */
const ACTS_MAX = 64;

/**
 * Service hosts that may be BITS, at most. One boot has a handful; a log with more was made to have each
 * transfer weighed against all of them, and would not tell which one it was.
 */
const SERVICES_MAX = 64;

const WORDS = ['bitsadmin', 'bitstransfer', 'start-bits', 'backgroundcopy', '/transfer', '/addfile'];

/** A command line or script that has BITS fetch something, by the host of each URL in it. */
type Asking = {
  readonly asker: ProcessNode;
  readonly time: Micros;
  readonly event: EventId;
  readonly text: string;
};

/**
 * Downloads that the BITS service made for another process (ANALYTICS F 8): the URL of the transfer stands in
 * that process's command line or script, or the job's own record names it. The service works for many, so that
 * only the transfer, and its connections and look-ups of that host, count as the asker's.
 */
export function transfers(sources: HandoverSources): readonly Handover[] {
  const { events, processes, onWeighed } = sources;
  const recorded = events.filter((event) => event.kind === 'bits_transfer');
  if (recorded.length === 0) return [];
  const owners = jobOwners(recorded, sources);
  const asked = askedByHost(sources);
  const services = [...processes.values()].filter(isTransferService);
  const network = networkOf(services, sources);
  const candidates = candidatesOf(services);
  const joined = new Map<string, Handover>();
  for (const event of recorded) {
    const url = event['url.full'];
    if (url === undefined) continue;
    const host = hostOf(url);
    const plain = plainText(url);
    const found =
      host === undefined
        ? undefined
        : nearestRequest(asked.get(host) ?? [], event.time, REACH, (asking) => {
            onWeighed?.();
            return asking.text.includes(plain) ? asking.asker : undefined;
          });
    const asker = found?.verdict ?? owners.get(event['event.id'] ?? '');
    if (asker === undefined) continue;
    const service = serviceOf(event, candidates, sources);
    if (service === undefined || service === asker) continue;
    const key = `${asker.entityId} ${service.entityId} ${plain}`;
    const known = joined.get(key);
    const acts = [...(known?.acts ?? []), event.id, ...actsOn(host, event.time, network.get(service) ?? [])];
    joined.set(key, {
      kind: 'bits',
      from: asker.entityId,
      to: service.entityId,
      at: known?.at ?? event.time,
      strength: 'inferred',
      reason: `${url} was retrieved by BITS on behalf of ${shownName(asker)}`,
      event: known?.event ?? event.id,
      acts: [...new Set(acts)].slice(0, ACTS_MAX),
    });
  }
  return [...joined.values()];
}

/** A job's first record is of the process that made it, and has the job's id. */
function jobOwners(
  recorded: readonly EndpointEvent[],
  { processes, processOf }: HandoverSources,
): ReadonlyMap<string, ProcessNode> {
  const owners = new Map<string, ProcessNode>();
  for (const event of recorded) {
    const [job, id] = [event['event.id'], processOf(event)];
    const process = id === undefined ? undefined : processes.get(id);
    if (job !== undefined && process !== undefined && !isTransferService(process) && !owners.has(job))
      owners.set(job, process);
  }
  return owners;
}

function askedByHost({
  events,
  processes,
  processOf,
}: HandoverSources): ReadonlyMap<string, readonly Asking[]> {
  const byHost = new Map<string, Asking[]>();
  const add = (asker: ProcessNode, time: Micros, event: EventId, written: string): void => {
    const text = plainText(written);
    if (!WORDS.some((word) => text.includes(word))) return;
    const hosts = new Set(
      [...text.matchAll(/\bhttps?:[\\/]+([^\\/:?#\s,]{1,253})/g)].map((match) => match[1] ?? ''),
    );
    for (const host of hosts) {
      const list = byHost.get(host);
      if (list === undefined) byHost.set(host, [{ asker, time, event, text }]);
      else list.push({ asker, time, event, text });
    }
  };
  for (const process of processes.values()) {
    if (process.commandLine !== undefined && process.startEvent !== undefined)
      add(process, beginOf(process), process.startEvent, process.commandLine);
  }
  for (const event of events) {
    const script = event.kind === 'script_block' ? event['powershell.script_block_text'] : undefined;
    const id = script === undefined ? undefined : processOf(event);
    const asker = id === undefined ? undefined : processes.get(id);
    if (script !== undefined && asker !== undefined) add(asker, event.time, event.id, script);
  }
  for (const list of byHost.values()) list.sort(byTimeAndRecord);
  return byHost;
}

/** A service host that runs BITS: alone, or among the services of its group where the record cannot tell. */
function isTransferService({ image, commandLine }: ProcessNode): boolean {
  if (image === undefined || fileName(image) !== 'svchost.exe') return false;
  const line = commandLine?.toLowerCase() ?? '';
  return /\s-s\s+bits\b/.test(line) || (/\s-k\s+netsvcs\b/.test(line) && !/\s-s\s/.test(line));
}

type Candidates = {
  /** Every service host that may be BITS, by its id. */
  readonly byId: ReadonlyMap<EntityId, ProcessNode>;
  /** Those that a record which names none may mean, by begin; none where there are too many to tell. */
  readonly byBegin: readonly ProcessNode[];
};

function candidatesOf(services: readonly ProcessNode[]): Candidates {
  const byId = new Map(services.map((service) => [service.entityId, service]));
  const alone = services.filter(({ commandLine }) => /\s-s\s/i.test(commandLine ?? ''));
  const meant = alone.length > 0 ? alone : services;
  // Beyond the limit no handover is told: records that name their service keep theirs.
  if (meant.length > SERVICES_MAX) return { byId, byBegin: [] };
  return { byId, byBegin: [...meant].sort((a, b) => beginOf(a) - beginOf(b)) };
}

/** The service as the record names it, or the only one there was at its time. */
function serviceOf(
  event: EndpointEvent,
  { byId, byBegin }: Candidates,
  { processOf }: HandoverSources,
): ProcessNode | undefined {
  const id = processOf(event);
  const named = id === undefined ? undefined : byId.get(id);
  if (named !== undefined) return named;
  let only: ProcessNode | undefined;
  for (const service of byBegin) {
    if (beginOf(service) > event.time) break;
    if (service.endedAt !== undefined && service.endedAt < event.time) continue;
    if (only !== undefined) return undefined;
    only = service;
  }
  return only;
}

type Act = { readonly time: Micros; readonly event: EventId; readonly host: string };

function networkOf(
  services: readonly ProcessNode[],
  { events, processOf }: HandoverSources,
): ReadonlyMap<ProcessNode, readonly Act[]> {
  const byService = new Map<ProcessNode, Act[]>(services.map((service) => [service, []]));
  const byId = new Map(services.map((service) => [service.entityId, service]));
  for (const event of events) {
    if (event.kind !== 'network_connect' && event.kind !== 'dns_query') continue;
    const host = event['destination.domain'] ?? event['dns.question.name'] ?? event['destination.ip'];
    const id = host === undefined ? undefined : processOf(event);
    const service = id === undefined ? undefined : byId.get(id);
    if (service !== undefined && host !== undefined)
      byService.get(service)?.push({ time: event.time, event: event.id, host: host.toLowerCase() });
  }
  return byService;
}

function actsOn(host: string | undefined, time: Micros, acts: readonly Act[]): readonly EventId[] {
  let low = 0;
  let high = acts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((acts[middle]?.time ?? 0) < time - REACH) low = middle + 1;
    else high = middle;
  }
  const found: EventId[] = [];
  for (let i = low; i < acts.length && i < low + ACTS_MAX * 8 && found.length < ACTS_MAX; i++) {
    const act = acts[i];
    if (act === undefined || act.time > time + REACH) break;
    if (act.host === host) found.push(act.event);
  }
  return found;
}

function hostOf(url: string): string | undefined {
  return /^https?:\/\/([^/:?#\s]{1,253})/i.exec(url)?.[1]?.toLowerCase();
}
