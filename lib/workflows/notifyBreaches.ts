import { transaction } from '../storage/client';
import { breachedFindings } from '../storage/notificationCauses';
import { notify } from '../storage/notifications';

/** Tells assignees of findings that passed their service clock, each finding once. Returns how many. */
export async function notifyBreaches(): Promise<number> {
  const breached = await breachedFindings();
  if (breached.length === 0) return 0;
  await transaction((connection) =>
    notify(
      connection,
      breached.map((finding) => ({
        person: finding.assignee,
        kind: 'clock.breached' as const,
        subject: `finding:${finding.id}`,
        by: null,
        text: `Past its service clock: ${finding.headline} on ${finding.host}.`,
        link: `/findings/${encodeURIComponent(finding.id)}`,
      })),
    ),
  );
  return breached.length;
}
