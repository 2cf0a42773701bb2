import { kindsNeeded } from '../../correlate/kindsNeeded';
import { dayOf, EVERY_DAY } from '../../coverage/rollupPeriod';
import { hoursOf, longestSilence, mayBeQuiet, wentQuiet } from '../../coverage/rollupQuiet';
import { loadHeardHours } from '../../storage/coverage/coverageHosts';
import { remembered } from '../../storage/remembered';
import { readCatalogue } from '../readCatalogue';
import type { CoverageFacts, FleetHost } from './coverageFacts';

/** A host that went quiet, with its longest silence before, in hours. */
export type QuietHost = { readonly host: FleetHost; readonly usualHours: number };

/** The hosts that went quiet before the period's end, the longest first. */
export async function findQuietHosts({
  period,
  hosts,
}: Pick<CoverageFacts, 'period' | 'hosts'>): Promise<readonly QuietHost[]> {
  const candidates = hosts.filter(({ seenTo }) => mayBeQuiet(seenTo, period.end));
  const usual = await usualSilences(candidates);
  return candidates
    .map((host) => ({ host, usualHours: usual.get(host.id) ?? 0 }))
    .filter(({ host, usualHours }) => wentQuiet(host.seenTo, period.end, usualHours))
    .sort((a, b) => a.host.seenTo - b.host.seenTo || (a.host.name < b.host.name ? -1 : 1));
}

async function usualSilences(hosts: readonly FleetHost[]): Promise<ReadonlyMap<number, number>> {
  const ids = hosts.map(({ id }) => id);
  const { catalogue } = await readCatalogue();
  const kinds = kindsNeeded(catalogue);
  const last = Math.max(EVERY_DAY.from, ...hosts.map(({ seenTo }) => dayOf(seenTo)));
  return remembered(
    `usual silences ${ids.join(' ')} of ${kinds.join(' ')}`,
    async () => {
      const heard = await loadHeardHours(ids, { ...EVERY_DAY, to: last }, kinds);
      return new Map(
        hosts.map(({ id, seenTo }) => [id, longestSilence(hoursOf(heard.get(id) ?? []), seenTo)]),
      );
    },
    'correlation',
  );
}
