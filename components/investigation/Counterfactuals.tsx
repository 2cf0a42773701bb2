import { clsx } from 'clsx';
import { PanelSection } from '@/components/shared/event/PanelSection';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import type { CounterfactualView, FindingDetail } from '@/lib/contracts/findings';

const KIND_WORD: Readonly<Record<CounterfactualView['kind'], string>> = {
  missing: 'missing',
  near_miss: 'nearly',
  undecidable: 'not seen',
  needed: 'needed',
  dispensable: 'spare',
  one_value: 'one value',
};

/** What would change the result, as the engine worked it out by judging the chain again. */
export function Counterfactuals({
  finding,
  onEvent,
}: {
  finding: FindingDetail;
  onEvent: (eventId: string) => void;
}) {
  if (finding.counterfactuals.length === 0) return null;
  return (
    <PanelSection title="What would change it">
      <ul className="space-y-1.5">
        {finding.counterfactuals.map((one) => (
          <li
            key={`${one.kind} ${one.stage} ${one.eventId} ${one.text}`}
            className="grid grid-cols-[4rem_1fr] gap-x-3"
          >
            <span
              className={clsx(
                'text-12 leading-[1.1875rem]',
                one.kind === 'undecidable' ? 'text-blind' : 'text-text-3',
              )}
            >
              {KIND_WORD[one.kind]}
            </span>
            <div className="min-w-0">
              <p className="text-text-2 [overflow-wrap:anywhere]">
                <HostileText text={one.text} />
              </p>
              <Values one={one} />
              {one.eventId === null ? null : <ShowEvent eventId={one.eventId} onEvent={onEvent} />}
            </div>
          </li>
        ))}
      </ul>
    </PanelSection>
  );
}

/** Field, what it held and what it would have to hold, as machines write them. */
function Values({ one: { field, actual, wanted } }: { one: CounterfactualView }) {
  if (field === null || actual === null || wanted === null) return null;
  return (
    <dl className="grid grid-cols-[3.5rem_1fr] gap-x-2 text-12">
      <dt className="text-text-3">field</dt>
      <dd>
        <MonoText text={field} />
      </dd>
      <dt className="text-text-3">was</dt>
      <dd>
        <MonoText text={actual} />
      </dd>
      <dt className="text-text-3">wanted</dt>
      <dd>
        <MonoText text={wanted} />
      </dd>
    </dl>
  );
}

function ShowEvent({ eventId, onEvent }: { eventId: string; onEvent: (eventId: string) => void }) {
  return (
    <button type="button" className="link min-h-6 text-12" onClick={() => onEvent(eventId)}>
      Show the event
    </button>
  );
}
