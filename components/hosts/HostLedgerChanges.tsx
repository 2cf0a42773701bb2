import Link from 'next/link';
import { PanelSection } from '@/components/shared/event/PanelSection';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import { eventsHref } from '@/components/shared/query/eventSearch';
import { TimeText } from '@/components/shared/TimeText';
import type { HostLedger } from '@/lib/contracts/coverage';
import { fieldIs } from '@/lib/query/quote';

/** Records that say a log was cleared, or a source stopped or set otherwise; each opens the record. */
export function HostLedgerChanges({ changes }: { changes: HostLedger['changes'] }) {
  return (
    <PanelSection title="Sources stopped, cleared or changed">
      {changes.length === 0 ? (
        <p className="text-text-3">No record says so. A source that is stopped does not always say it.</p>
      ) : (
        <ul>
          {changes.map((change) => (
            <li key={change.eventId} className="flex flex-wrap gap-x-4 border-b py-1.5 last:border-b-0">
              <Link
                className="link inline-block min-h-6"
                prefetch={false}
                href={eventsHref({ q: fieldIs('_id', change.eventId), event: change.eventId })}
              >
                <TimeText at={change.at} date precision="s" zone />
              </Link>
              <span className="min-w-0 flex-1 basis-64 [overflow-wrap:anywhere]">
                <HostileText text={change.what} />
              </span>
              <span className="text-12 text-text-3">
                <MonoText text={change.channel} /> <MonoText text={change.code} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </PanelSection>
  );
}

/** Files that ended early, or exactly where such an export ends at most; each opens its import. */
export function HostLedgerTruncations({ truncations }: { truncations: HostLedger['truncations'] }) {
  return (
    <PanelSection title="Exports that may have been cut off">
      {truncations.length === 0 ? (
        <p className="text-text-3">
          None: no file ended early, and none is as long as its product&rsquo;s exports can be at most.
        </p>
      ) : (
        <ul>
          {truncations.map((file) => (
            <li key={`${file.importId}/${file.member}`} className="border-b py-1.5 last:border-b-0">
              <Link
                className="link inline-block min-h-6 [overflow-wrap:anywhere]"
                prefetch={false}
                href={`/imports?import=${encodeURIComponent(file.importId)}`}
              >
                <HostileText text={file.name} />
              </Link>
              {file.member === file.name ? null : (
                <>
                  {' '}
                  <MonoText text={file.member} />
                </>
              )}
              <span className="num text-text-2">
                {`, ${file.records.toLocaleString('en')} ${file.records === 1 ? 'record' : 'records'}: `}
                <HostileText text={file.why} />.
              </span>
            </li>
          ))}
        </ul>
      )}
    </PanelSection>
  );
}
