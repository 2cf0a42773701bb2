/**
 * What an alert is called outside: its host's id and the vendor's id, since vendors number alerts per tenant and one
 * tenant's name many hosts. Fit for a path; what it holds is the `ref` of an alert in a case.
 */
export function toAlertKey(hostId: number, alert: string): string {
  return Buffer.from(`${hostId}/${alert}`).toString('base64url');
}

/** The alert a key names; undefined when it is none. */
export function fromAlertKey(key: string): { readonly hostId: number; readonly alert: string } | undefined {
  const match = /^(\d{1,9})\/(.+)$/su.exec(Buffer.from(key, 'base64url').toString('utf8'));
  return match?.[1] === undefined || match[2] === undefined
    ? undefined
    : { hostId: Number(match[1]), alert: match[2] };
}

/** Subject of an alert's entries of the audit trail, under any id of its host's group. */
export function alertSubject(hostId: number, alert: string): string {
  return `alert:${toAlertKey(hostId, alert)}`;
}
