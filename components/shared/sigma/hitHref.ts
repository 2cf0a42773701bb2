/** The list of Sigma's hits with this one opened. */
export function hitHref(ref: string): string {
  return `/sigma?hit=${encodeURIComponent(ref)}`;
}

/** All hits on a process of a host (its id), one by one. */
export function processHitsHref(hostId: string, entityId: string): string {
  return `/sigma?by=hit&host=${encodeURIComponent(hostId)}&process=${encodeURIComponent(entityId)}`;
}

/** A rule, by the id of its text, in the list of rules. */
export function ruleHref(id: string): string {
  return `/sigma/rules?rule=${encodeURIComponent(id)}`;
}
