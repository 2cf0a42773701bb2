/** What a hit is called by: the record (its canonical host and id) and the text of the rule. */
export type HitKey = { readonly hostId: number; readonly eventId: string; readonly ruleId: number };

/** `HOSTID-EVENTUUID-RULEPK`. */
export function hitRef({ hostId, eventId, ruleId }: HitKey): string {
  return `${hostId}-${eventId}-${ruleId}`;
}

const REF = /^(\d{1,9})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(\d{1,9})$/;

/** The parts of a ref; undefined when it is none. */
export function parseHitRef(ref: string): HitKey | undefined {
  const [, hostId, eventId, ruleId] = REF.exec(ref) ?? [];
  if (hostId === undefined || eventId === undefined || ruleId === undefined) return undefined;
  return { hostId: Number(hostId), eventId, ruleId: Number(ruleId) };
}
