import type { Chain, Match } from '../analytics/chain';
import type { Strength } from '../analytics/strength';
import type { EndpointEvent, EntityId } from '../events/endpointEvent';
import type { PathArtefact } from './finding';
import { baseName, destinationOf } from './tell';

/** Files made and destinations reached by the processes of a path, each once, in order of time. */
export function collectArtefacts(
  chain: Chain,
  shown: readonly { readonly match: Match; readonly stage: string }[],
  processes: ReadonlySet<EntityId>,
): readonly PathArtefact[] {
  const artefacts = new Map<string, PathArtefact>();
  const add = (
    event: EndpointEvent,
    stage: string | undefined,
    to: EntityId | undefined,
    strength: Strength,
  ): void => {
    const artefact = toArtefact(event, chain, stage, to, strength);
    if (artefact === undefined || !processes.has(artefact.from)) return;
    const key = `${artefact.type} ${artefact.label.toLowerCase()} ${artefact.from}`;
    const known = artefacts.get(key);
    if (known === undefined) artefacts.set(key, artefact);
    else if (known.to === undefined && artefact.to !== undefined)
      artefacts.set(key, { ...known, to: artefact.to, strength: artefact.strength });
  };
  for (const { match, stage } of shown) {
    const joined = match.joined;
    const strength = match.relation?.strength ?? 'exact';
    const via = match.relation?.via ?? [];
    // Each file was used by the process that made the next one; the last by the process that matched.
    const files = joined?.event?.['file.path'] === undefined ? via : [joined.event, ...via];
    files.forEach((event, i) => {
      const next = files[i + 1];
      const usedBy = next === undefined ? match.process : chain.index.lineage.processOf(next);
      add(event, undefined, usedBy, strength);
    });
    if (match.event !== undefined && match.event.kind !== 'process_start') {
      const user = match.relation?.kind === 'named_by' ? joined?.process : undefined;
      add(match.event, stage, user, 'exact');
    }
  }
  return [...artefacts.values()].sort((a, b) => a.time - b.time || (a.eventId < b.eventId ? -1 : 1));
}

function toArtefact(
  event: EndpointEvent,
  chain: Chain,
  stage: string | undefined,
  to: EntityId | undefined,
  strength: Strength,
): PathArtefact | undefined {
  const from = chain.index.lineage.processOf(event);
  const base = from === undefined ? undefined : { from, time: event.time, strength, eventId: event.id };
  if (base === undefined) return undefined;
  const rest = {
    ...base,
    ...(stage === undefined ? {} : { stage }),
    ...(to === undefined || to === from ? {} : { to }),
  };
  const path = event['file.path'];
  if (path !== undefined) {
    const zone = event['file.zone_identifier'];
    const origin = event['file.origin_url'];
    const detail = [zone === undefined ? undefined : `zone ${zone}`, origin]
      .filter((part) => part !== undefined)
      .join(' \u00b7 ');
    return {
      type: 'file',
      label: (baseName(path) ?? path).replace(/:[^:]*$/, ''),
      ...(detail === '' ? {} : { detail }),
      ...rest,
    };
  }
  const destination = destinationOf({ event }, chain);
  if (destination === undefined) return undefined;
  const ip = event['destination.ip'];
  if (event.kind === 'dns_query') {
    const answers = event['dns.answers'];
    return {
      type: 'dns',
      label: destination,
      ...(answers === undefined ? {} : { detail: answers }),
      ...rest,
    };
  }
  return {
    type: 'destination',
    label: destination,
    ...(ip === undefined || destination.startsWith(ip) ? {} : { detail: ip }),
    ...rest,
  };
}
