import Link from 'next/link';
import { PanelSection } from '@/components/shared/event/PanelSection';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import { SeverityMark } from '@/components/shared/SeverityMark';
import { TimeText } from '@/components/shared/TimeText';
import { counted } from '@/lib/base/numberWords';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import { hitHref, processHitsHref, ruleHref } from './hitHref';
import { MatchedParts } from './MatchedParts';
import { authorText, licenceText } from './ruleWords';

/** Hits told one by one, worst first; the list of hits has the others. */
const TOLD = 20;

/** What the hits are on. */
export type HitSubject = 'event' | 'record' | 'process';

/**
 * Rules of Sigma that hit what is selected: which rules, by whom, and what of the record they hold by. Nothing where
 * none hit.
 */
export function SigmaHits({ hits, on }: { hits: readonly SigmaHitView[]; on: HitSubject }) {
  const [first] = hits;
  if (first === undefined) return null;
  const told = hits.slice(0, TOLD);
  const { entityId } = first.process;
  return (
    <PanelSection title={`Sigma: ${counted(hits.length, 'hit')} on this ${on}`}>
      <ul className="space-y-1">
        {told.map((hit, place) => (
          <li key={hit.ref}>
            <Hit hit={hit} open={place === 0} withTime={on === 'process'} />
          </li>
        ))}
      </ul>
      {entityId === null || on === 'record' ? null : (
        <Link
          href={processHitsHref(first.host.id, entityId)}
          prefetch={false}
          className="link mt-1.5 inline-block min-h-6"
        >
          {told.length < hits.length ? `All ${hits.length} hits on this process` : 'All hits on this process'}
        </Link>
      )}
    </PanelSection>
  );
}

function Hit({ hit, open, withTime }: { hit: SigmaHitView; open: boolean; withTime: boolean }) {
  const { rule } = hit;
  return (
    <details open={open}>
      <summary className="min-h-6 cursor-pointer rounded-sm hover:bg-surface-2 [overflow-wrap:anywhere]">
        <SeverityMark severity={rule.level} className="mr-2" />
        <HostileText text={rule.title.slice(0, 500)} />
        <span className="num text-12 text-text-3">
          {' · '}
          {withTime ? (
            <>
              <TimeText at={hit.time} precision="ms" />
              {' · '}
            </>
          ) : null}
          <HostileText text={hit.source} />
        </span>
      </summary>
      <div className="mb-2 ml-1 mt-1 space-y-2 border-l pl-3">
        <MatchedParts parts={hit.matched} />
        <p className="text-12 text-text-3 [overflow-wrap:anywhere]">
          Rule <MonoText text={rule.ruleId} />, <HostileText text={authorText(rule.author)} />,{' '}
          <HostileText text={licenceText(rule.license)} />.
        </p>
        <p className="flex flex-wrap gap-x-4">
          <Link href={hitHref(hit.ref)} prefetch={false} className="link min-h-6">
            The hit
          </Link>
          <Link href={ruleHref(rule.id)} prefetch={false} className="link min-h-6">
            The rule
          </Link>
        </p>
      </div>
    </details>
  );
}
