import { clsx } from 'clsx';
import Link from 'next/link';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { TimeText } from '@/components/shared/TimeText';
import type { AlertView } from '@/lib/contracts/alerts';

/** Headings of the table, in the order of a row's cells. */
export const HEADINGS = ['Severity', 'Alert', 'Host', 'User', 'Last evidence', 'Chain'] as const;

type AlertRowProps = { alert: AlertView; active: boolean; onSelect: () => void };

/** One alert: what the vendor says, on what, and whether a chain explains it. */
export function AlertRow({ alert, active, onSelect }: AlertRowProps) {
  return (
    <tr className={clsx('border-b', active ? 'bg-accent-soft' : 'hover:bg-surface-2')}>
      <td className="whitespace-nowrap py-1.5 pl-4 pr-2 align-top">
        {alert.severity === null ? (
          <span className="text-text-3">not given</span>
        ) : (
          <SeverityMark severity={alert.severity} />
        )}
      </td>
      <td className="min-w-0 px-2 py-1.5 align-top">
        <button
          type="button"
          aria-pressed={active}
          aria-label={`Details of ${hostilePlain(alert.rule)}`}
          onClick={onSelect}
          className="block min-h-6 text-left font-medium underline-offset-3 [overflow-wrap:anywhere] hover:underline"
        >
          <HostileText text={alert.rule} />
        </button>
        <span className="block text-12 text-text-3">
          {alert.product}
          {alert.evidence > 1 ? ` · ${alert.evidence.toLocaleString('en')} pieces of evidence` : ''}
        </span>
        {alert.subject === null ? null : <MonoText text={alert.subject} max={72} className="text-text-2" />}
      </td>
      <td className="machine px-2 py-1.5 align-top [overflow-wrap:anywhere]">
        <HostileText text={alert.host} />
      </td>
      <td className="px-2 py-1.5 align-top [overflow-wrap:anywhere]">
        <HostileText text={alert.user ?? ''} />
      </td>
      <td className="num whitespace-nowrap px-2 py-1.5 align-top text-text-2">
        <TimeText at={alert.to} date precision="s" />
      </td>
      <td className="whitespace-nowrap py-1.5 pl-2 pr-4 align-top">
        {alert.findingId === null ? (
          <span className="text-text-3">none explains it</span>
        ) : (
          <Link
            href={`/findings/${encodeURIComponent(alert.findingId)}`}
            className="link inline-block min-h-6"
          >
            part of a finding
          </Link>
        )}
      </td>
    </tr>
  );
}
