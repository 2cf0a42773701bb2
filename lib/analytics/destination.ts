import { MICROS_PER_MINUTE, type Micros } from '../base/time';
import { addressScope } from '../events/addresses';
import type { EndpointEvent } from '../events/endpointEvent';
import { type Lists, listOf } from './lists';

/** One reason a destination is unusual, with its points (ANALYTICS B.5). */
export type DestinationCriterion = { readonly id: string; readonly points: number; readonly text: string };

export type DestinationFacts = {
  /** The name it went by: queried, recorded, or answered by DNS on this host within ten minutes before. */
  readonly name: string | undefined;
  readonly points: number;
  readonly criteria: readonly DestinationCriterion[];
};

const CAP = 20;
const ANSWER_AGE = 10 * MICROS_PER_MINUTE;
const WEB_PORTS: ReadonlySet<number> = new Set([80, 443, 8080, 8443]);
/** Ports of services every host uses; they say nothing about the destination. */
const SERVICE_PORTS: ReadonlySet<number> = new Set([
  53, 67, 68, 88, 123, 135, 137, 138, 139, 389, 445, 464, 636, 1900, 3268, 3269, 5353, 5355,
]);
const NOTHING: DestinationFacts = { name: undefined, points: 0, criteria: [] };

/**
 * Judges destinations of one host by what this host's own recording can tell. History criteria (first
 * seen, rare, new for class) need a mature baseline and give nothing here: one export is no history.
 * Input: the host's events in time order; only its DNS answers are kept.
 */
export function createDestinationJudge(
  events: readonly EndpointEvent[],
  lists: Lists,
): (event: EndpointEvent) => DestinationFacts {
  const answers = indexAnswers(events);
  const dnsSeen = events.some((event) => event.kind === 'dns_query');
  const riskyTlds = new Set(listOf(lists, 'risky_tld'));
  const hosting = listOf(lists, 'malware_hosting');
  const dynamic = listOf(lists, 'dynamic_dns');
  return (event) => {
    if (event.kind !== 'network_connect' && event.kind !== 'dns_query') return NOTHING;
    const ip = event['destination.ip'];
    const scope = ip === undefined ? undefined : addressScope(ip);
    const queried = event['dns.question.name']?.toLowerCase();
    const answered = ip === undefined ? undefined : nameAt(answers.get(ip), event.time);
    const name = queried ?? answered ?? event['destination.domain']?.toLowerCase();
    if (scope === 'loopback' || scope === 'multicast' || scope === 'unspecified') return { ...NOTHING, name };
    const criteria: DestinationCriterion[] = [];
    const add = (id: string, points: number, text: string): void => void criteria.push({ id, points, text });
    if (event.kind === 'network_connect' && scope === 'public' && answered === undefined && dnsSeen) {
      add('raw_ip', 8, `${ip} was contacted without a DNS answer for it on this host`);
    }
    const port = event['destination.port'];
    if (port !== undefined && event['network.direction'] !== 'ingress') {
      if ((port === 445 || port === 139) && scope === 'public')
        add('smb_public', 10, `SMB to the public address ${ip}`);
      else if (!WEB_PORTS.has(port) && !SERVICE_PORTS.has(port))
        add('odd_port', 5, `port ${port} is not a web port`);
    }
    if (name !== undefined) addNameCriteria(name, add, riskyTlds, hosting, dynamic);
    return {
      name,
      criteria,
      points: Math.min(
        CAP,
        criteria.reduce((sum, criterion) => sum + criterion.points, 0),
      ),
    };
  };
}

function addNameCriteria(
  name: string,
  add: (id: string, points: number, text: string) => void,
  riskyTlds: ReadonlySet<string>,
  hosting: readonly string[],
  dynamic: readonly string[],
): void {
  const labels = name.split('.');
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

function underAny(name: string, domains: readonly string[]): boolean {
  return domains.some((domain) => name === domain || name.endsWith(`.${domain}`));
}

/** Long, with digits among letters and hardly a vowel. */
function looksRandom(label: string): boolean {
  if (label.length < 8 || !/\d/.test(label) || !/[a-z]/.test(label)) return false;
  const vowels = label.match(/[aeiou]/g)?.length ?? 0;
  return vowels / label.length < 0.25;
}

type Answer = { readonly time: Micros; readonly name: string };

function indexAnswers(events: readonly EndpointEvent[]): ReadonlyMap<string, readonly Answer[]> {
  const index = new Map<string, Answer[]>();
  for (const event of events) {
    const answers = event['dns.answers'];
    const name = event['dns.question.name'];
    if (event.kind !== 'dns_query' || answers === undefined || name === undefined) continue;
    for (const part of answers.split(';', 64)) {
      const ip = part.trim().replace(/^::ffff:/i, '');
      if (addressScope(ip) === undefined) continue;
      const list = index.get(ip);
      if (list === undefined) index.set(ip, [{ time: event.time, name: name.toLowerCase() }]);
      else list.push({ time: event.time, name: name.toLowerCase() });
    }
  }
  return index;
}

/** The latest answer at most ten minutes old; two seconds of disorder are tolerated. */
function nameAt(answers: readonly Answer[] | undefined, at: Micros): string | undefined {
  if (answers === undefined) return undefined;
  let low = 0;
  let high = answers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((answers[middle]?.time ?? 0) <= at + 2_000_000) low = middle + 1;
    else high = middle;
  }
  const latest = answers[low - 1];
  return latest !== undefined && at - latest.time <= ANSWER_AGE ? latest.name : undefined;
}
