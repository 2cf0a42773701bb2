import type { FindingList } from '@/lib/contracts/findings';

const count = (value: number, one: string, many: string) =>
  `${value.toLocaleString('en')} ${value === 1 ? one : many}`;

/**
 * What the engine took off the analyst's hands, as one sentence; empty when nothing is known. Alerts are spoken of
 * when the data has any, else the events that were read.
 */
export function reductionSentence(counts: FindingList['counts'], events: number, hosts: number): string {
  const chains = counts.open + counts.closed + counts.suppressed;
  if (counts.vendorAlerts > 0) {
    const left = counts.vendorAlerts - counts.chainedAlerts;
    const explained = `${counts.chainedAlerts.toLocaleString('en')} of ${count(counts.vendorAlerts, 'vendor alert', 'vendor alerts')} belong to a chain`;
    return left === 0
      ? `${explained}.`
      : `${explained}; ${left.toLocaleString('en')} ${left === 1 ? 'stays' : 'stay'} unexplained.`;
  }
  if (events === 0) return '';
  return `${count(events, 'event', 'events')} on ${count(hosts, 'host', 'hosts')} came down to ${count(chains, 'chain', 'chains')}.`;
}
