import Link from 'next/link';
import { HostileText } from '@/components/shared/MonoText';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { hitHref } from '@/components/shared/sigma/hitHref';
import { AgeText, TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import type { CaseDetail } from '@/lib/contracts/cases';

/** Sigma's hits in a case in order of time: which rule, on what. */
export function CaseHits(props: {
  hits: CaseDetail['items']['hits'];
  /** With which case it came, in words; null for the case's own. */
  cameWith: (caseId: number) => string | null;
  /** Takes one out; absent: nobody may. */
  takeOut: ((ref: string) => void) | undefined;
  pending: boolean;
}) {
  const { hits, cameWith, takeOut, pending } = props;
  return (
    <>
      <h2 className="label px-4 pb-1 pt-4">Sigma hits</h2>
      <ul aria-label="Sigma hits">
        {hits
          .toSorted((a, b) => a.time.localeCompare(b.time))
          .map((hit) => (
            <li key={hit.ref} className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b px-4 py-2">
              <div className="min-w-0 flex-1">
                <Link
                  href={hitHref(hit.ref)}
                  prefetch={false}
                  className="block hover:underline [overflow-wrap:anywhere]"
                >
                  <HostileText text={hit.rule.title} />
                </Link>
                <p className="num text-12 text-text-3 [overflow-wrap:anywhere]">
                  <SeverityMark severity={hit.rule.level} /> · <HostileText text={hit.source} /> ·{' '}
                  <HostileText text={hit.host.name} /> · <TimeText at={hit.time} date precision="s" zone />
                  {hit.process.image === null ? null : (
                    <>
                      {' '}
                      · <HostileText text={hit.process.image} />
                    </>
                  )}
                  {cameWith(hit.caseId)}
                </p>
              </div>
              {hit.baseline === null ? null : (
                <p className="text-12 text-text-2">
                  normal here: <HostileText text={hit.baseline.title} />
                </p>
              )}
              <span className="text-12 text-text-3">
                added <AgeText at={hit.addedAt} />
              </span>
              {takeOut === undefined ? null : (
                <Button size="sm" variant="quiet" disabled={pending} onClick={() => takeOut(hit.ref)}>
                  Take out
                </Button>
              )}
            </li>
          ))}
      </ul>
    </>
  );
}
