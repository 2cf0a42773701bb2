import type { HostView } from '@/lib/contracts/hosts';
import { ClockSection } from './ClockSection';
import { HostImports } from './HostImports';
import { HostUsersSection } from './HostUsersSection';
import { IdentitySection } from './IdentitySection';
import { LogClockSection } from './LogClockSection';
import { RecordedSection } from './RecordedSection';

/** Who the machine is and who used it on the left; what was recorded, and by which imports, on the right. */
export function HostOverview({ host }: { host: HostView }) {
  return (
    <div className="grid lg:grid-cols-2 lg:divide-x">
      <div>
        <IdentitySection host={host} />
        <HostUsersSection host={host} />
        <ClockSection host={host} />
        <LogClockSection host={host} />
      </div>
      <div>
        <HostImports host={host} />
        <RecordedSection host={host} />
      </div>
    </div>
  );
}
