import { HostileText, MonoText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { TimeText } from '@/components/shared/TimeText';
import { counted } from '@/lib/base/numberWords';
import type { SigmaSetDetail } from '@/lib/contracts/sigmaSets';

/** What was taken in and when, newest first; only the newest runs. */
export function SetVersions({ versions }: { versions: SigmaSetDetail['versions'] }) {
  return (
    <ol className="num">
      {versions.map((version) => (
        <li key={version.n} className="border-b px-4 py-2">
          <p className="flex flex-wrap items-baseline gap-x-3">
            <span className="font-medium">Version {version.n}</span>
            <span className="text-text-2">
              <TimeText at={version.at} date precision="min" /> by <PersonName handle={version.by} />
            </span>
          </p>
          <p className="text-text-2">
            {counted(version.rules, 'rule')} of {counted(version.files, 'file')}
            {version.refused > 0 ? `, ${version.refused.toLocaleString('en')} refused` : ''}
            {version.since === null
              ? ''
              : `; ${version.since.added} new, ${version.since.removed} gone, ${version.since.changed} changed`}
          </p>
          {version.note === '' ? null : (
            <p className="[overflow-wrap:anywhere]">
              <HostileText text={version.note} />
            </p>
          )}
          <p className="text-text-3">
            <MonoText text={version.sha256} max={28} />
          </p>
        </li>
      ))}
    </ol>
  );
}
