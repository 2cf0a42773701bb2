import { HostileText } from '@/components/shared/MonoText';
import { personName } from '@/components/shared/people';
import { AgeText, TimeText } from '@/components/shared/TimeText';
import type { FindingDetail } from '@/lib/contracts/findings';

/** What people did with the finding, oldest first. */
export function ActivityPanel({ finding }: { finding: FindingDetail }) {
  if (finding.activity.length === 0)
    return <p className="px-4 py-6 text-text-2">Nobody has done anything with this finding yet.</p>;
  return (
    <ol>
      {finding.activity.map((entry) => (
        <li key={`${entry.at}${entry.by}${entry.text}`} className="border-b px-4 py-2.5 last:border-b-0">
          <p className="[overflow-wrap:anywhere]">
            <HostileText text={entry.text} />
          </p>
          <p className="num text-12 text-text-3">
            {personName(entry.by)} · <TimeText at={entry.at} date precision="s" zone /> ·{' '}
            <AgeText at={entry.at} />
          </p>
        </li>
      ))}
    </ol>
  );
}
