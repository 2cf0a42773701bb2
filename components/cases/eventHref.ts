import { hitHref } from '@/components/shared/sigma/hitHref';

/** The investigation of a finding, with the very event selected where one is named. */
export function eventHref(findingId: string, eventId: string | null): string {
  const at = `/findings/${encodeURIComponent(findingId)}`;
  return eventId === null ? at : `${at}?sel=${encodeURIComponent(`e:${eventId}`)}&tab=event`;
}

/** Where a mark on a case's axis is looked at: in its finding, or as the hit that it is. */
export function markHref(mark: {
  findingId: string | null;
  hit?: string | undefined;
  eventId: string;
}): string {
  return mark.findingId === null ? hitHref(mark.hit ?? '') : eventHref(mark.findingId, mark.eventId);
}

/** The list of vendor alerts with this one selected, among all of its host: a chain may explain it by now. */
export function alertHref({ key, host }: { key: string; host: string }): string {
  return `/alerts?show=all&host=${encodeURIComponent(host)}&alert=${encodeURIComponent(key)}`;
}
