import { clsx } from 'clsx';
import { PanelSection } from '@/components/shared/event/PanelSection';
import { HostileText } from '@/components/shared/MonoText';
import { SEVERITY_WORD } from '@/components/shared/SeverityMark';
import type { FindingDetail, ReasonView } from '@/lib/contracts/findings';
import { ledgerGroups, sumOfReasons } from './ledger';
import { PredicateTree } from './PredicateTree';

/**
 * The score as an account: every reason with what it gives, the ones that hold and do not count, what holds the sum
 * down, and last what people said is normal here. Each opens to the values it was judged by.
 */
export function ScoreLedger({
  finding,
  onEvent,
}: {
  finding: FindingDetail;
  onEvent: (eventId: string) => void;
}) {
  const ours = finding.reasons.filter((reason) => reason.baseline === null && reason.effect !== 'suppresses');
  const last = finding.reasons.filter((reason) => !ours.includes(reason));
  const sum = sumOfReasons(ours);
  const held = sum !== finding.scoreBeforeBaselines;
  const lowered = finding.scoreBeforeBaselines !== finding.score;
  return (
    <PanelSection title={`Score ${finding.score} of 100`}>
      <ul>
        {ledgerGroups(ours).map((group) => (
          <li key={group.id}>
            <ul aria-label={group.words ?? undefined}>
              {group.reasons.map((reason) => (
                <ReasonRow key={reason.id} reason={reason} onEvent={onEvent} />
              ))}
            </ul>
            {group.words === null ? null : <Line points="" words={group.words} />}
          </li>
        ))}
      </ul>
      <div className="mt-1 border-t pt-1">
        {held || lowered || last.length > 0 ? <Line points={String(sum)} words="sum of what counts" /> : null}
        {finding.caps.map((cap) => (
          <Line key={cap.text} points={`≤ ${cap.limit}`} words={cap.text} />
        ))}
        {lowered && held ? (
          <Line points={String(finding.scoreBeforeBaselines)} words="before baselines" />
        ) : null}
        {last.length === 0 ? null : (
          <ul>
            {last.map((reason) => (
              <ReasonRow key={reason.id} reason={reason} onEvent={onEvent} />
            ))}
          </ul>
        )}
        <Line
          points={String(finding.score)}
          words={`${SEVERITY_WORD[finding.severity].toLowerCase()}${finding.suppressed ? ', kept out of the queue' : ''}`}
          strong
        />
      </div>
      {finding.unjudged.length === 0 ? null : (
        <details className="mt-2">
          <summary className="min-h-6 cursor-pointer text-text-2">
            {`${finding.unjudged.length} could not be judged`}
          </summary>
          <ul className="mt-1">
            {finding.unjudged.map((reason) => (
              <li key={reason.id} className={ROW}>
                <span className={clsx(POINTS, 'text-blind')}>{`+${reason.points}?`}</span>
                <span className="min-w-0 text-text-2 [overflow-wrap:anywhere]">
                  <HostileText text={reason.text} />
                  <span className="text-text-3">
                    {': '}
                    <HostileText text={reason.because} />
                  </span>
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
      <p className="mt-2 text-12 text-text-3">
        {'Weakest link: '}
        <HostileText text={finding.weakestLink.text} />
        {finding.weakestLink.strength === 'exact' ? null : ` · ${finding.weakestLink.strength}`}
      </p>
    </PanelSection>
  );
}

const ROW = 'grid grid-cols-[2.75rem_1fr] gap-x-3 py-0.5';
const POINTS = 'num text-right font-mono text-12 leading-[1.1875rem]';

function Line({ points, words, strong = false }: { points: string; words: string; strong?: boolean }) {
  return (
    <p className={ROW}>
      <span className={clsx(POINTS, strong ? 'font-medium text-text-1' : 'text-text-3')}>{points}</span>
      <span className={strong ? 'text-text-1' : 'text-text-3'}>
        <HostileText text={words} />
      </span>
    </p>
  );
}

function ReasonRow({ reason, onEvent }: { reason: ReasonView; onEvent: (eventId: string) => void }) {
  const { eventId, why } = reason;
  const head = (
    <>
      <span
        className={clsx(
          POINTS,
          reason.counted && reason.effect === 'raises' ? 'font-medium text-text-1' : 'text-text-3',
        )}
      >
        {pointsText(reason)}
      </span>
      <span
        className={clsx('min-w-0 [overflow-wrap:anywhere]', reason.counted ? 'text-text-2' : 'text-text-3')}
      >
        <HostileText text={reason.text} />
        <span className="text-12 text-text-3">{asideText(reason)}</span>
      </span>
    </>
  );
  if (why === null && eventId === null) return <li className={ROW}>{head}</li>;
  return (
    <li>
      <details>
        <summary
          className={clsx(ROW, 'min-h-6 cursor-pointer list-none rounded-sm hover:bg-surface-2')}
          title={reason.id}
        >
          {head}
        </summary>
        <div className="mb-2 ml-[3.5rem] mt-1 border-l pl-3">
          {why === null ? null : <PredicateTree predicate={why} />}
          {eventId === null ? null : (
            <button type="button" className="link mt-1.5 min-h-6" onClick={() => onEvent(eventId)}>
              Show the event
            </button>
          )}
        </div>
      </details>
    </li>
  );
}

function pointsText({ effect, points, counted }: ReasonView): string {
  if (effect === 'suppresses') return 'hides';
  const signed = `${effect === 'lowers' ? '−' : '+'}${points}`;
  return counted ? signed : `(${points})`;
}

function asideText({ counted, worth, note, baseline, group }: ReasonView): string {
  const asides = [
    baseline === null ? null : `baseline ${baseline}`,
    counted ? null : group?.take === 'highest' ? 'a heavier one counts' : 'its group is full',
    counted && worth !== null ? `of ${worth}` : null,
    note,
  ].filter((aside) => aside !== null);
  return asides.length === 0 ? '' : ` · ${asides.join(' · ')}`;
}
