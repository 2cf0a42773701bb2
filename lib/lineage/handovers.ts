import type { EntityId } from '../events/endpointEvent';
import type { Claim, HandoverSources } from './handoverSources';
import { injections } from './injections';
import { installations } from './installations';
import type { Handover } from './lineage';
import { requestedStarts } from './requestedStarts';
import { shellRequests } from './shellRequests';
import { transfers } from './transfers';

/**
 * Finds the causes that parentage does not show (ANALYTICS B.1, F 4-8, 11): for each start at most one, the
 * request whose record names the very command, then the nearest in time, then the one with the lesser event id.
 * Nothing is joined by time alone. Independent of the order of events. Linear: requests are found by the
 * program's name or the whole command, and of many alike a fixed number is weighed.
 */
export function findHandovers(sources: HandoverSources): readonly Handover[] {
  const byStart = new Map<EntityId, Claim>();
  for (const claim of [...shellRequests(sources), ...requestedStarts(sources)]) {
    const { to } = claim.handover;
    const known = byStart.get(to);
    if (known === undefined || compareClaims(claim, known) < 0) byStart.set(to, claim);
  }
  const starts = [...byStart.values()].map((claim) => claim.handover);
  return [...starts, ...injections(sources), ...installations(sources), ...transfers(sources)].sort(byTime);
}

/** The stronger claim first. */
function compareClaims(a: Claim, b: Claim): number {
  if (a.exact !== b.exact) return a.exact ? -1 : 1;
  if (a.handover.strength !== b.handover.strength) return a.handover.strength === 'inferred' ? -1 : 1;
  return a.distance - b.distance || (a.handover.event < b.handover.event ? -1 : 1);
}

function byTime(a: Handover, b: Handover): number {
  if (a.at !== b.at) return a.at - b.at;
  if (a.event !== b.event) return a.event < b.event ? -1 : 1;
  return a.to < b.to ? -1 : a.to > b.to ? 1 : 0;
}
