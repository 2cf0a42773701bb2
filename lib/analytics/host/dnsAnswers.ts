import { remember } from '../../base/remember';
import type { Micros } from '../../base/time';
import { addressScope } from '../../events/addresses';
import type { EndpointEvent } from '../../events/endpointEvent';

/** What DNS answered on one host. */
export type DnsAnswers = {
  /** Whether the host's DNS events carry answers at all; some sensors leave them out. */
  readonly areRecorded: boolean;
  /** The name last answered with this address, at most `age` before; two seconds of disorder are tolerated. */
  readonly nameOf: (ip: string, at: Micros, age: number) => string | undefined;
};

type Answer = { readonly time: Micros; readonly name: string };

const DISORDER = 2_000_000;

/** Answers are asked for again when the same events are judged again. */
const KNOWN = new WeakMap<readonly EndpointEvent[], DnsAnswers>();

/** The answers among a host's events, which are in time order; remembered per list of events. */
export function dnsAnswersOf(events: readonly EndpointEvent[]): DnsAnswers {
  const known = KNOWN.get(events);
  if (known !== undefined) return known;
  const index = indexAnswers(events);
  const answers: DnsAnswers = {
    areRecorded: index.size > 0,
    nameOf: (ip, at, age) => nameAt(index.get(ip), at, age),
  };
  KNOWN.set(events, answers);
  return answers;
}

/** How many of an event's answers are public addresses; undefined when no answer is an address. */
export const publicAnswers = remember((answers: string): number | undefined => {
  let addresses = 0;
  let inPublic = 0;
  for (const part of answers.split(';', MOST_ANSWERS)) {
    const scope = addressScope(addressIn(part));
    if (scope === undefined) continue;
    addresses++;
    if (scope === 'public') inPublic++;
  }
  return addresses === 0 ? undefined : inPublic;
});

const MOST_ANSWERS = 64;

function addressIn(part: string): string {
  return part.trim().replace(/^::ffff:/i, '');
}

function indexAnswers(events: readonly EndpointEvent[]): ReadonlyMap<string, readonly Answer[]> {
  const index = new Map<string, Answer[]>();
  for (const event of events) {
    const answers = event['dns.answers'];
    const name = event['dns.question.name'];
    if (event.kind !== 'dns_query' || answers === undefined || name === undefined) continue;
    for (const part of answers.split(';', MOST_ANSWERS)) {
      const ip = addressIn(part);
      if (addressScope(ip) === undefined) continue;
      const list = index.get(ip);
      if (list === undefined) index.set(ip, [{ time: event.time, name: name.toLowerCase() }]);
      else list.push({ time: event.time, name: name.toLowerCase() });
    }
  }
  return index;
}

function nameAt(answers: readonly Answer[] | undefined, at: Micros, age: number): string | undefined {
  if (answers === undefined) return undefined;
  let low = 0;
  let high = answers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((answers[middle]?.time ?? 0) <= at + DISORDER) low = middle + 1;
    else high = middle;
  }
  const latest = answers[low - 1];
  return latest !== undefined && at - latest.time <= age ? latest.name : undefined;
}
