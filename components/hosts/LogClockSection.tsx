import { PanelSection } from '@/components/shared/event/PanelSection';
import { TimeText } from '@/components/shared/TimeText';
import { formatDuration } from '@/components/shared/timeFormat';
import type { HostView } from '@/lib/contracts/hosts';

/** What was measured between the log's time and the sensor's, stretch by stretch. */
export function LogClockSection({ host }: { host: HostView }) {
  return (
    <PanelSection title="Clock of the event log">
      {host.clockOffsets.some((offset) => offset.offsetSeconds !== 0) ? (
        <ul className="space-y-1">
          {host.clockOffsets.map((offset) => (
            <li key={offset.from}>
              <span className="num">{formatDuration(offset.offsetSeconds * 1000)}</span> added to the
              log&rsquo;s time from <TimeText at={offset.from} date precision="s" zone />
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-text-3">The log&rsquo;s time agrees with the sensor&rsquo;s.</p>
      )}
    </PanelSection>
  );
}
