export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'informational';

/** From which score a finding has each severity; below `low` it is informational. */
export type SeverityScale = {
  readonly critical: number;
  readonly high: number;
  readonly medium: number;
  readonly low: number;
};

/** The scale of ANALYTICS B.6, in force unless the environment says otherwise. */
export const DEFAULT_SEVERITY: SeverityScale = { critical: 85, high: 65, medium: 40, low: 20 };

/** Severity of a score. */
export function severityOf(points: number, scale: SeverityScale): Severity {
  if (points >= scale.critical) return 'critical';
  if (points >= scale.high) return 'high';
  if (points >= scale.medium) return 'medium';
  return points >= scale.low ? 'low' : 'informational';
}
