import { HostileText } from '@/components/shared/MonoText';
import { counted } from '@/lib/base/numberWords';
import type { SigmaCoverage } from '@/lib/contracts/sigmaCoverage';

/** Lacks that are listed: the worst come first, and few are worth a setting. */
const LISTED = 10;

/** What blind Sigma rules lack, most rules first, each with the setting to change where it is known; nothing without any. */
export function SigmaMissing({ missing }: { missing: SigmaCoverage['missing'] }) {
  if (missing.length === 0) return null;
  const listed = missing.slice(0, LISTED);
  return (
    <details className="text-12 text-text-2">
      <summary className="cursor-default">What would make most rules decidable</summary>
      <ol aria-label="What would make most rules decidable" className="num my-1 border-t">
        {listed.map(({ kind, what, rules, hosts, fix }) => (
          <li
            key={`${kind} ${what}`}
            className="flex flex-wrap gap-x-3 border-b py-1 [overflow-wrap:anywhere]"
          >
            <span className="min-w-0 flex-1 basis-56">
              {kind === 'logsource' ? 'Records of ' : 'The field '}
              <span className="machine text-text-1">
                <HostileText text={what} />
              </span>
              {fix === null ? null : (
                <>
                  : <HostileText text={fix} />
                </>
              )}
            </span>
            <span className="text-text-3">
              {counted(rules, 'rule')}, {counted(hosts, 'host')}
            </span>
          </li>
        ))}
      </ol>
      {missing.length > listed.length ? (
        <p className="num text-text-3">
          The first {listed.length} of {missing.length}.
        </p>
      ) : null}
    </details>
  );
}
