import Link from 'next/link';
import { HostileText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { TimeText } from '@/components/shared/TimeText';
import { Td } from '@/components/ui/Table';
import type { AuditView } from '@/lib/contracts/audit';
import { actionText, factsOf, subjectHref } from './auditWords';

/** One entry: when, who, what, to what, with its facts and its place in the chain. */
export function AuditRow({
  entry,
  onSubject,
}: {
  entry: AuditView;
  /** Narrows the list to what the entry is about. */
  onSubject: (subject: string) => void;
}) {
  const href = subjectHref(entry.subject);
  return (
    <tr className="hover:bg-surface-2">
      <Td className="num whitespace-nowrap pl-4 text-text-2">
        <TimeText at={entry.at} date precision="s" />
      </Td>
      <Td className="[overflow-wrap:anywhere]">
        <PersonName handle={entry.by} capital />
      </Td>
      <Td title={entry.action}>{actionText(entry.action)}</Td>
      <Td>
        <button
          type="button"
          title="Only entries about this"
          onClick={() => onSubject(entry.subject)}
          className="machine block min-h-6 text-left underline-offset-3 [overflow-wrap:anywhere] hover:underline"
        >
          <HostileText text={entry.subject} />
        </button>
        {href === null ? null : (
          <Link className="link inline-block min-h-6 text-12" href={href} prefetch={false}>
            Open
          </Link>
        )}
      </Td>
      <Td className="text-12 text-text-2 [overflow-wrap:anywhere]">
        {factsOf(entry.details).map(({ name, value }) => (
          <span key={name} className="mr-3 inline-block">
            <span className="text-text-3">
              <HostileText text={name} />
            </span>{' '}
            <HostileText text={value} />
          </span>
        ))}
      </Td>
      <Td className="num pr-4 text-right text-12 text-text-3" title={`SHA-256 ${entry.hash}`}>
        {entry.id} <span className="machine">{entry.hash.slice(0, 8)}</span>
      </Td>
    </tr>
  );
}
