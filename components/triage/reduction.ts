import type { AlertList } from '@/lib/contracts/alerts';

export type Counted = { text: string; href: string };

const number = (value: number) => value.toLocaleString('en');

/**
 * What the engine took off the analyst's hands: how many alerts there are, the chains that explain some of them, and
 * those no chain explains. Null while there are no alerts.
 */
export function alertReduction(
  counts: AlertList['counts'] | undefined,
): { alerts: Counted; chains: Counted; unexplained: Counted } | null {
  if (counts === undefined || counts.total === 0) return null;
  return {
    alerts: {
      text: `${number(counts.total)} ${counts.total === 1 ? 'alert' : 'alerts'}`,
      href: '/alerts?show=all',
    },
    chains: { text: `${number(counts.chains)} ${counts.chains === 1 ? 'chain' : 'chains'}`, href: '/' },
    unexplained: { text: `${number(counts.unexplained)} unexplained`, href: '/alerts' },
  };
}

/** The same where the data has no alerts: what the events came down to; empty when none were read. */
export function eventReduction(events: number, hosts: number, chains: number): string {
  if (events === 0) return '';
  const on = `${number(hosts)} ${hosts === 1 ? 'host' : 'hosts'}`;
  return `${number(events)} ${events === 1 ? 'event' : 'events'} on ${on} → ${number(chains)} ${chains === 1 ? 'chain' : 'chains'}`;
}
