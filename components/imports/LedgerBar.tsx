import { clsx } from 'clsx';
import type { RecordCounts } from '@/lib/contracts/imports';
import { LEDGER_PARTS, type LedgerPart, ledgerWidths, partText } from './importWords';

const FILL: Record<LedgerPart, string> = {
  events: 'bg-text-2',
  ignored: 'bg-surface-3 border border-line-strong',
  duplicates: 'border border-line-strong',
  quarantined: 'bg-warning',
};

type LedgerBarProps = {
  records: RecordCounts;
  /** With it, each part that has records is a button to what they became. */
  onPart?: ((part: LedgerPart) => void) | undefined;
};

/** What became of every record: a bar, and below it each part in words. Nothing read is unaccounted for. */
export function LedgerBar({ records, onPart }: LedgerBarProps) {
  const widths = ledgerWidths(records);
  return (
    <div>
      <div aria-hidden="true" className="keep-colour flex h-1.5 gap-px overflow-hidden rounded-sm">
        {LEDGER_PARTS.map((part) =>
          records[part] > 0 ? (
            <span key={part} className={FILL[part]} style={{ width: `${widths[part]}%` }} />
          ) : null,
        )}
        {records.read === 0 ? <span className="flex-1 border border-line-strong" /> : null}
      </div>
      <ul className="num flex flex-wrap gap-x-3">
        {LEDGER_PARTS.filter((part) => part === 'events' || records[part] > 0).map((part) => {
          const content = (
            <>
              <span
                aria-hidden="true"
                className={clsx('keep-colour mr-1.5 inline-block size-2 rounded-xs', FILL[part])}
              />
              {partText(part, records[part])}
            </>
          );
          return (
            <li key={part}>
              {onPart && records[part] > 0 ? (
                <button
                  type="button"
                  onClick={() => onPart(part)}
                  className={clsx(
                    'h-6 text-12 underline-offset-3 hover:underline',
                    part === 'quarantined' ? 'text-warning' : 'text-text-2',
                  )}
                >
                  {content}
                </button>
              ) : (
                <span className="inline-block h-6 text-12 leading-6 text-text-2">{content}</span>
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
