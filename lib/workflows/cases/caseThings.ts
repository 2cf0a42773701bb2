import { AppError } from '../../base/appError';
import { fromAlertKey, toAlertKey } from '../../storage/alertKey';
import { loadAlert, type StoredAlert } from '../../storage/alerts';
import { loadNamedHits } from '../../storage/cases/caseHits';
import type { ItemRef } from '../../storage/cases/caseItems';
import { type FindingRow, loadRows } from '../../storage/findingRows';
import type { SigmaHitRow } from '../../storage/sigma/hitRow';
import { isStorable } from '../../storage/storableText';
import { hitRef, parseHitRef } from '../sigma/hitRef';

/** What somebody puts into a case: ids of findings, keys of alerts, refs of hits. */
export type GivenThings = {
  readonly findings: readonly string[];
  readonly alerts: readonly string[];
  readonly hits?: readonly string[] | undefined;
};

/** The same as they are stored now, and as references in the order given. */
export type FoundThings = {
  readonly findings: readonly FindingRow[];
  readonly alerts: readonly StoredAlert[];
  readonly hits: readonly SigmaHitRow[];
  readonly items: readonly ItemRef[];
};

/** Alerts looked up at once: others want the database too. */
const AT_ONCE = 8;

/** Findings, alerts and hits as they are now. Throws `not_found`, naming those that the data does not give. */
export async function findThings(given: GivenThings): Promise<FoundThings> {
  const ids = [...new Set(given.findings)];
  const keys = [...new Set(given.alerts)];
  const refs = [...new Set(given.hits)];
  const [findings, alerts, hits] = await Promise.all([
    loadRows(ids),
    alertsOf(keys.map(refOfKey)),
    hitsOf(refs),
  ]);
  const known = new Set(findings.map((row) => row.id));
  const missing = [
    ...ids.filter((id) => !known.has(id)),
    ...keys.filter((key) => !alerts.has(refOfKey(key) ?? '')),
    ...refs.filter((ref) => !hits.has(ref)),
  ];
  if (missing.length > 0)
    throw new AppError(
      'not_found',
      `${missing.length === 1 ? 'One of these is' : `${missing.length} of these are`} not there: the data may have changed since you looked.`,
      { missing: missing.slice(0, 20) },
    );
  const found = [...new Map([...alerts.values()].map((alert) => [refOf(alert), alert])).values()];
  const matched = [
    ...new Map(refs.flatMap((ref) => hits.get(ref) ?? []).map((hit) => [hitRef(hit), hit])).values(),
  ];
  return {
    findings,
    alerts: found,
    hits: matched,
    items: [
      ...ids.map((id) => ({ kind: 'finding' as const, ref: id })),
      ...found.map((alert) => ({ kind: 'alert' as const, ref: refOf(alert) })),
      ...matched.map((hit) => ({ kind: 'hit' as const, ref: hitRef(hit) })),
    ],
  };
}

/** References of things that may be gone from the data already; what is no key or ref refers to nothing. */
export function referTo(given: GivenThings): readonly ItemRef[] {
  return [
    ...given.findings.map((ref) => ({ kind: 'finding' as const, ref })),
    ...given.alerts.map((key) => ({ kind: 'alert' as const, ref: refOfKey(key) ?? '0/' })),
    ...(given.hits ?? []).map((ref) => ({
      kind: 'hit' as const,
      ref: parseHitRef(ref) === undefined ? '0-' : ref,
    })),
  ];
}

/** Alerts by their reference in a case; those that the data no longer gives are not in it. */
export async function alertsOf(
  refs: readonly (string | undefined)[],
): Promise<ReadonlyMap<string, StoredAlert>> {
  const wanted = refs.flatMap((ref) => {
    const at = ref?.indexOf('/') ?? -1;
    return ref === undefined || at < 1
      ? []
      : [{ ref, hostId: Number(ref.slice(0, at)), alert: ref.slice(at + 1) }];
  });
  const found = new Map<string, StoredAlert>();
  for (let at = 0; at < wanted.length; at += AT_ONCE) {
    const some = wanted.slice(at, at + AT_ONCE);
    const alerts = await Promise.all(some.map(({ hostId, alert }) => loadAlert(hostId, alert)));
    for (const [place, { ref }] of some.entries()) {
      const alert = alerts[place];
      if (alert !== undefined) found.set(ref, alert);
    }
  }
  return found;
}

/** Hits by their reference in a case; those that are gone, and what is no reference, are not among them. */
export async function hitsOf(refs: readonly string[]): Promise<ReadonlyMap<string, SigmaHitRow>> {
  return loadNamedHits(
    refs.flatMap((ref) => {
      const key = parseHitRef(ref);
      return key === undefined ? [] : [{ ref, ...key }];
    }),
  );
}

/** The key of an alert that stands in a case, whether the data still gives it or not. */
export function keyOfRef(ref: string): string {
  const at = ref.indexOf('/');
  return toAlertKey(Number(ref.slice(0, at)), ref.slice(at + 1));
}

function refOf(alert: StoredAlert): string {
  return `${alert.hostId}/${alert.alert}`;
}

/** Undefined for what is no key, or names what no row can hold. */
function refOfKey(key: string): string | undefined {
  const named = fromAlertKey(key);
  return named === undefined || !isStorable(named.alert) ? undefined : `${named.hostId}/${named.alert}`;
}
