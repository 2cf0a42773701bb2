import type { EndpointEvent } from '../events/endpointEvent';
import { fileName } from '../events/paths';
import { byTimeAndRecord } from './askingTexts';
import { SHELL_CLASSES, SHELL_REACH } from './carriers';
import type { Claim, HandoverSources } from './handoverSources';
import type { ProcessNode } from './lineage';
import { beginOf, nearestRequest, runsBelow, shownName } from './nearestRequest';
import { sameUser } from './sameUser';

/**
 * Starts by Explorer at another program's request: the program touched the COM class of the shell's windows
 * at most five seconds before, as the same user (ANALYTICS B.1 `com_broker`).
 */
export function shellRequests(sources: HandoverSources): readonly Claim[] {
  const { events, processes, processOf, onWeighed } = sources;
  const touches: { asker: ProcessNode; time: EndpointEvent['time']; event: EndpointEvent['id'] }[] = [];
  for (const event of events) {
    if (!event.kind.startsWith('registry_') || !touchesShellClass(event)) continue;
    const id = processOf(event);
    const asker = id === undefined ? undefined : processes.get(id);
    if (asker !== undefined) touches.push({ asker, time: event.time, event: event.id });
  }
  if (touches.length === 0) return [];
  touches.sort(byTimeAndRecord);
  const claims: Claim[] = [];
  for (const started of processes.values()) {
    const parent = started.link.parentId === undefined ? undefined : processes.get(started.link.parentId);
    if (parent?.image === undefined || fileName(parent.image) !== 'explorer.exe') continue;
    if (started.startedAt === undefined) continue;
    const found = nearestRequest(touches, started.startedAt, SHELL_REACH, ({ asker }) => {
      onWeighed?.();
      const own = asker === parent || beginOf(asker) > beginOf(started);
      return own || runsBelow(asker, started.entityId, processes) || sameUser(asker, started) === false
        ? undefined
        : asker;
    });
    if (found === undefined) continue;
    const reason = `${shownName(found.verdict)} opened the shell\u2019s COM class just before Explorer started ${shownName(started)}`;
    claims.push({
      handover: {
        kind: 'com',
        from: found.verdict.entityId,
        to: started.entityId,
        at: started.startedAt,
        strength: 'inferred',
        reason,
        event: found.request.event,
      },
      exact: true,
      distance: found.distance,
    });
  }
  return claims;
}

/** Whether an event touches the class of the shell's windows: what must not be left out before lineage is built. */
export function touchesShellClass(event: Pick<EndpointEvent, 'registry.path'>): boolean {
  const path = event['registry.path']?.toLowerCase();
  return path !== undefined && SHELL_CLASSES.some((id) => path.includes(id));
}
