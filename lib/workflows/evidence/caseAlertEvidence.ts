import { formatMicros, micros } from '../../base/time';
import { loadAlert } from '../../storage/alerts';
import { alertEvents, type CaseAlert, loadCaseAlerts } from '../../storage/cases/caseAlerts';
import { ALERT_EVENTS_MAX } from './chosenEvents';

/** An alert of a case as a pack tells of it: what its product said, and what people decided. */
export type PackedAlert = CaseAlert & {
  /** Of its product, 0 to 99; null for one that the data no longer gives, as all up to `user`. */
  readonly severity: number | null;
  /** First and last of its evidence. */
  readonly from: string | null;
  readonly to: string | null;
  readonly evidence: number | null;
  readonly subject: string | null;
  readonly user: string | null;
  /** The finding whose chain explains it. */
  readonly findingId: string | null;
  /** Events that are its evidence, in order of time: the first of them where `cut`. */
  readonly events: readonly string[];
  readonly cut: boolean;
};

/** Alerts of a case and those merged into it with their evidence, in order of reference. */
export async function loadPackedAlerts(family: readonly number[]): Promise<readonly PackedAlert[]> {
  const alerts = await loadCaseAlerts(family);
  if (alerts.length === 0) return [];
  const events = await alertEvents(family, ALERT_EVENTS_MAX + 1);
  const packed: PackedAlert[] = [];
  for (const alert of alerts) {
    const stored = await loadAlert(alert.hostId, alert.alert);
    const own = events.get(alert.ref) ?? [];
    packed.push({
      ...alert,
      severity: stored?.severity ?? null,
      from: stored === undefined ? null : formatMicros(micros(stored.from)),
      to: stored === undefined ? null : formatMicros(micros(stored.to)),
      evidence: stored?.evidence ?? null,
      subject: stored?.subject ?? null,
      user: stored?.user ?? null,
      findingId: stored?.findingId ?? null,
      events: own.slice(0, ALERT_EVENTS_MAX),
      cut: own.length > ALERT_EVENTS_MAX,
    });
  }
  return packed;
}
