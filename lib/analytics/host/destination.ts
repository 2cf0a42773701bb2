import { MICROS_PER_MINUTE, type Micros, micros } from '../../base/time';
import { type AddressScope, inCidr } from '../../events/addresses';
import type { EndpointEvent } from '../../events/endpointEvent';
import { productOf, WINDOWS_EVENT_LOG } from '../../events/product';
import type { Lineage, ProcessNode } from '../../lineage/lineage';
import type { Visibility } from '../../visibility/visibility';
import { type EnvironmentHistory, type HistoryKey, NEW_FOR } from '../history/history';
import {
  classDestinationKey,
  destinationKey,
  destinationOf,
  programNames,
  scopeOf,
} from '../history/historyKeys';
import { createProgramClasses, type ProgramClass } from '../history/programClass';
import { type Lists, listOf } from '../lists';
import { type DnsAnswers, dnsAnswersOf, publicAnswers } from './dnsAnswers';

/** One reason a destination is unusual, with its points (ANALYTICS B.5). */
export type DestinationCriterion = { readonly id: string; readonly points: number; readonly text: string };

export type DestinationFacts = {
  /** The name it went by: queried, recorded, or answered by DNS on this host within ten minutes before. */
  readonly name: string | undefined;
  /** It lies in a network or domain that the environment declares as its own. */
  readonly own: boolean;
  /** Under what the environment's history knows it; empty for what is no destination in the world. */
  readonly keys: readonly HistoryKey[];
  /** There is not enough history to call it new or rare. False also where that is not asked. */
  readonly immature: boolean;
  /** Sum of the criteria, at most 20. */
  readonly points: number;
  readonly criteria: readonly DestinationCriterion[];
};

/** What a destination is judged by. `events` are the host's, in time order. */
export type DestinationSources = {
  readonly events: readonly EndpointEvent[];
  readonly lineage: Lineage;
  readonly visibility: Visibility;
  readonly lists: Lists;
  readonly history: EnvironmentHistory;
};

export const NO_DESTINATION: DestinationFacts = {
  name: undefined,
  own: false,
  keys: [],
  immature: false,
  points: 0,
  criteria: [],
};

const CAP = 20;
const ANSWER_AGE = 10 * MICROS_PER_MINUTE;
/** On at most this many hosts in 30 days it is rare. */
const RARE_HOSTS = 2;
const WEB_PORTS: ReadonlySet<number> = new Set([80, 443, 8080, 8443]);
/** Ports of services every host uses; they say nothing about the destination. */
const SERVICE_PORTS: ReadonlySet<number> = new Set([
  53, 67, 68, 88, 123, 135, 137, 138, 139, 389, 445, 464, 636, 1900, 3268, 3269, 5353, 5355,
]);

const CLASS_WORDS: Readonly<Record<ProgramClass, string>> = {
  browser: 'browser',
  mail: 'mail or chat program',
  office: 'Office program',
  pdf: 'PDF reader',
  archiver: 'archiver',
  script_engine: 'script engine',
  other: 'other program',
};

/** What one event says of where it went. */
type Contact = {
  readonly event: EndpointEvent;
  readonly ip: string | undefined;
  readonly scope: AddressScope | undefined;
  readonly answered: string | undefined;
  readonly name: string | undefined;
  readonly process: ProcessNode | undefined;
};

type Add = (id: string, points: number, text: string) => void;

/**
 * Judges destinations of one host: by its own recording, and by what the environment has seen before. Criteria are
 * worked out when read: most connections are never asked about, and history remembers what was asked of it.
 */
export function createDestinationJudge(
  sources: DestinationSources,
): (event: EndpointEvent) => DestinationFacts {
  const { lineage, lists } = sources;
  const answers = dnsAnswersOf(sources.events);
  const classOf = createProgramClasses(lists);
  const isOwn = createOwn(lists);
  const criteriaOf = createCriteria(sources);
  return (event) => {
    if (event.kind !== 'network_connect' && event.kind !== 'dns_query') return NO_DESTINATION;
    const contact = contactOf(event, lineage, answers);
    const { name, scope } = contact;
    // An incoming connection goes to this host.
    if (event['network.direction'] === 'ingress' || isNowhere(scope)) return { ...NO_DESTINATION, name };
    const own = isOwn(contact);
    const world = own ? undefined : worldOf(contact);
    const programClass = classOf(programNames(event, contact.process));
    return lazily(name, own, keysOf(world, programClass), () =>
      criteriaOf(contact, own, world, programClass),
    );
  };
}

function isNowhere(scope: AddressScope | undefined): boolean {
  return scope === 'loopback' || scope === 'multicast' || scope === 'unspecified';
}

function contactOf(event: EndpointEvent, lineage: Lineage, answers: DnsAnswers): Contact {
  const ip = event['destination.ip'];
  const answered = ip === undefined ? undefined : answers.nameOf(ip, event.time, ANSWER_AGE);
  const id = lineage.processOf(event);
  return {
    event,
    ip,
    scope: ip === undefined ? undefined : scopeOf(ip),
    answered,
    name: event['dns.question.name']?.toLowerCase() ?? answered ?? event['destination.domain']?.toLowerCase(),
    process: id === undefined ? undefined : lineage.processes.get(id),
  };
}

/** The destination as the world knows it; undefined for one inside, by its address or by what DNS answered. */
function worldOf({ event, ip, name }: Contact): string | undefined {
  const answers = event['dns.answers'];
  if (ip === undefined && answers !== undefined && publicAnswers(answers) === 0) return undefined;
  return destinationOf(name, ip);
}

function keysOf(world: string | undefined, programClass: ProgramClass): readonly HistoryKey[] {
  if (world === undefined) return [];
  // "New for this kind of program" says nothing of programs of no kind.
  return programClass === 'other'
    ? [destinationKey(world)]
    : [destinationKey(world), classDestinationKey(programClass, world)];
}

type Judged = Pick<DestinationFacts, 'criteria' | 'points' | 'immature'>;

function lazily(
  name: string | undefined,
  own: boolean,
  keys: readonly HistoryKey[],
  judge: () => Omit<Judged, 'points'>,
): DestinationFacts {
  let known: Judged | undefined;
  const judged = (): Judged => {
    if (known !== undefined) return known;
    const { criteria, immature } = judge();
    const sum = criteria.reduce((total, criterion) => total + criterion.points, 0);
    known = { criteria, immature, points: Math.min(CAP, sum) };
    return known;
  };
  return {
    name,
    own,
    keys,
    get immature() {
      return judged().immature;
    },
    get points() {
      return judged().points;
    },
    get criteria() {
      return judged().criteria;
    },
  };
}

function createCriteria({
  events,
  visibility,
  lists,
  history,
}: DestinationSources): (
  contact: Contact,
  own: boolean,
  world: string | undefined,
  programClass: ProgramClass,
) => Omit<Judged, 'points'> {
  const riskyTlds = new Set(listOf(lists, 'risky_tld'));
  const hosting = listOf(lists, 'malware_hosting');
  const dynamic = listOf(lists, 'dynamic_dns');
  const answers = dnsAnswersOf(events);
  return (contact, own, world, programClass) => {
    const criteria: DestinationCriterion[] = [];
    const add: Add = (id, points, text) => void criteria.push({ id, points, text });
    const immature =
      world !== undefined && addHistoryCriteria(world, programClass, contact.event.time, history, add);
    if (!own) addAddressCriteria(contact, visibility, answers, add);
    addPortCriteria(contact, own, add);
    if (contact.name !== undefined && !own) addNameCriteria(contact.name, add, riskyTlds, hosting, dynamic);
    return { criteria, immature };
  };
}

/** First seen, rare, new for the class: nothing of it while there is not enough history, which is the answer. */
function addHistoryCriteria(
  world: string,
  programClass: ProgramClass,
  at: Micros,
  history: EnvironmentHistory,
  add: Add,
): boolean {
  // Asked before maturity: whoever listens learns what to ask for.
  const seen = history.seen(destinationKey(world), at);
  const mature = history.isMature('destination', at);
  if (mature) {
    if (seen === undefined || at - seen.first <= NEW_FOR)
      add('first_seen', 8, `${world} was first seen anywhere within the day before`);
    if ((seen?.hosts ?? 0) <= RARE_HOSTS)
      add('rare', 5, `${world} was reached from ${hostsText(seen?.hosts ?? 0)} in 30 days`);
  }
  if (programClass === 'other') return !mature;
  const byClass = history.seen(classDestinationKey(programClass, world), at);
  if (history.isMature('class_destination', at) && (byClass === undefined || at - byClass.first <= NEW_FOR))
    add('new_for_class', 5, `no ${CLASS_WORDS[programClass]} had reached ${world} before`);
  return !mature;
}

function hostsText(hosts: number): string {
  return hosts === 1 ? 'this host alone' : `${hosts} hosts`;
}

function addAddressCriteria(
  { event, ip, scope, answered, name, process }: Contact,
  visibility: Visibility,
  answers: DnsAnswers,
  add: Add,
): void {
  if (event.kind !== 'network_connect' || ip === undefined || scope !== 'public') return;
  const commandLine = process?.commandLine?.toLowerCase();
  if (isInUrl(ip, commandLine) || isInUrl(ip, event['url.full']?.toLowerCase()))
    add('raw_ip', 8, `the URL names the address ${ip}, not a host`);
  else if (answered === undefined && !hasName(event) && answers.areRecorded && sawDns(visibility, event.time))
    add('raw_ip', 8, `${ip} was contacted without a DNS answer for it on this host`);
  const port = event['destination.port'];
  if (port === 445 || port === 139) add('smb_public', 10, `SMB to the public address ${ip}`);
  else if (isWebDav(ip, commandLine) || (name !== undefined && isWebDav(name, commandLine)))
    add('smb_public', 10, `WebDAV to the public address ${ip}`);
}

/** A host field of TLS or HTTP, as sensors beside the Windows log have; Sysmon's is a reverse look-up of its own. */
function hasName(event: EndpointEvent): boolean {
  return event['destination.domain'] !== undefined && productOf(event.channel) !== WINDOWS_EVENT_LOG;
}

/** Whether a look-up before the connection would have been seen. */
function sawDns(visibility: Visibility, at: Micros): boolean {
  return visibility.blindBecause('dns_query', micros(at - ANSWER_AGE), at) === undefined;
}

function isInUrl(ip: string, text: string | undefined): boolean {
  if (text === undefined) return false;
  const host = ip.includes(':') ? `://[${ip.toLowerCase()}]` : `://${ip}`;
  for (let at = text.indexOf(host); at !== -1; at = text.indexOf(host, at + 1)) {
    const next = text[at + host.length];
    if (next === undefined || !/[0-9a-z.-]/.test(next)) return true;
  }
  return false;
}

/** `\\host@ssl\share` or `\\host\davwwwroot\…` on the command line. */
function isWebDav(host: string, commandLine: string | undefined): boolean {
  if (commandLine === undefined) return false;
  return commandLine.includes(`\\\\${host}@`) || commandLine.includes(`\\\\${host}\\davwwwroot`);
}

function addPortCriteria({ event, scope }: Contact, own: boolean, add: Add): void {
  const port = event['destination.port'];
  if (port === undefined || own || WEB_PORTS.has(port)) return;
  if (SERVICE_PORTS.has(port)) return;
  if (scope !== undefined || event.kind === 'network_connect')
    add('odd_port', 5, `port ${port} is not a web port`);
}

function addNameCriteria(
  name: string,
  add: Add,
  riskyTlds: ReadonlySet<string>,
  hosting: readonly string[],
  dynamic: readonly string[],
): void {
  const labels = name.split('.', 128);
  const tld = labels.at(-1) ?? '';
  if (labels.length > 1 && riskyTlds.has(tld))
    add('tld', 5, `.${tld} is on the list of risky top-level domains`);
  if (underAny(name, hosting))
    add('file_sharing', 4, `${name} belongs to a service where anyone can put files`);
  if (underAny(name, dynamic)) add('dynamic_dns', 4, `${name} is a dynamic DNS name`);
  if (labels.some((label) => label.startsWith('xn--')))
    add('punycode', 4, `${name} is written in punycode and may imitate another name`);
  if (labels.filter(looksRandom).length >= 4)
    add('random_labels', 4, `${name} has many random-looking parts`);
}

/** What the environment declares as its own; nothing unless its lists say so. */
function createOwn(lists: Lists): (contact: Contact) => boolean {
  const networks = lists.get('own_networks') ?? [];
  const domains = lists.get('own_domains') ?? [];
  if (networks.length === 0 && domains.length === 0) return () => false;
  return ({ name, ip }) =>
    (name !== undefined && underAny(name, domains)) ||
    (ip !== undefined && networks.some((network) => inCidr(ip, network)));
}

function underAny(name: string, domains: readonly string[]): boolean {
  return domains.some((domain) => name === domain || name.endsWith(`.${domain}`));
}

/** Long, with digits among letters and hardly a vowel. */
function looksRandom(label: string): boolean {
  if (label.length < 8 || !/\d/.test(label) || !/[a-z]/.test(label)) return false;
  const vowels = label.match(/[aeiou]/g)?.length ?? 0;
  return vowels / label.length < 0.25;
}
