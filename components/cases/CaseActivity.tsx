import { HostileText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { TimeText } from '@/components/shared/TimeText';
import type { CaseDetail } from '@/lib/contracts/cases';

/** Everything that was done about the case, newest first, out of the audit trail. */
export function CaseActivity({ shown }: { shown: CaseDetail }) {
  return (
    <ol className="px-4 py-3">
      {shown.activity.map((entry, place) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: the trail is only ever added to
          key={place}
          className="grid grid-cols-1 gap-x-4 border-b py-1.5 sm:grid-cols-[200px_150px_minmax(0,1fr)]"
        >
          <span className="num text-text-3">
            <TimeText at={entry.at} date precision="s" zone />
          </span>
          <span className="truncate">
            <PersonName handle={entry.by} capital />
          </span>
          <span className="[overflow-wrap:anywhere]">
            <HostileText text={entry.text} />
          </span>
        </li>
      ))}
    </ol>
  );
}
