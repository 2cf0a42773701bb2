import type { EntityId } from '../events/endpointEvent';
import type { HandoverSources } from './handoverSources';
import type { Handover } from './lineage';
import { shownName } from './nearestRequest';

/**
 * Processes that ran another's code: from the first recorded remote thread on, what the target does is the
 * source's doing too (ANALYTICS F 11). A thread in one's own child at its start says no more than parentage.
 */
export function injections({ events, processes, processOf, targetOf }: HandoverSources): readonly Handover[] {
  const first = new Map<EntityId, Map<EntityId, Handover>>();
  for (const event of events) {
    if (event.kind !== 'remote_thread') continue;
    const [from, to] = [processOf(event), targetOf(event)];
    if (from === undefined || to === undefined || from === to) continue;
    if (processes.get(to)?.link.parentId === from) continue;
    const targets = first.get(from) ?? new Map<EntityId, Handover>();
    first.set(from, targets);
    const known = targets.get(to);
    if (
      known !== undefined &&
      (known.at < event.time || (known.at === event.time && known.event <= event.id))
    )
      continue;
    targets.set(to, {
      kind: 'remote_thread',
      from,
      to,
      at: event.time,
      strength: 'inferred',
      reason: `${shownName(processes.get(from))} handed over to ${shownName(processes.get(to))} by remote thread`,
      event: event.id,
    });
  }
  return [...first.values()].flatMap((targets) => [...targets.values()]);
}
