import { clsx } from 'clsx';
import { PanelSection } from '@/components/shared/event/PanelSection';
import { HostileText, MonoText } from '@/components/shared/MonoText';
import { StagePip } from '@/components/shared/StagePip';
import type { FindingDetail, StageView } from '@/lib/contracts/findings';
import { Counterfactuals } from './Counterfactuals';
import { PredicateTree } from './PredicateTree';
import { ScoreLedger } from './ScoreLedger';
import { windowSentence } from './windowSentence';

/** Why it fired: the selected stage's predicate, how it is joined, the score as an account, and what would change it. */
export function WhyPanel(props: {
  finding: FindingDetail;
  stage: StageView | undefined;
  selectedEventId: string | null;
  onEvent: (eventId: string) => void;
  onStage: (stage: StageView) => void;
}) {
  const { finding, stage } = props;
  return (
    <>
      {stage === undefined ? (
        <PanelSection title="Stages">
          <p className="mb-2 text-text-2">
            What is selected satisfies no stage. These do, or were looked for:
          </p>
          <ul>
            {finding.stages.map((each) => (
              <li key={each.id}>
                <button
                  type="button"
                  className="flex min-h-7 w-full items-center gap-2 rounded-sm text-left hover:bg-surface-2"
                  onClick={() => props.onStage(each)}
                >
                  <StagePip state={each.state} required={each.required} size={12} />
                  {each.title}
                  <span className="text-text-3">{each.state}</span>
                </button>
              </li>
            ))}
          </ul>
        </PanelSection>
      ) : (
        <StageWhy {...props} stage={stage} />
      )}
      <ScoreLedger finding={finding} onEvent={props.onEvent} />
      <Counterfactuals finding={finding} onEvent={props.onEvent} />
    </>
  );
}

function StageWhy(props: {
  finding: FindingDetail;
  stage: StageView;
  selectedEventId: string | null;
  onEvent: (eventId: string) => void;
  onStage: (stage: StageView) => void;
}) {
  const { stage, finding } = props;
  const { relation, window } = stage;
  const to = finding.stages.find((candidate) => candidate.id === relation?.to);
  return (
    <>
      <PanelSection
        title={`${stage.title} · ${stage.state}`}
        aside={
          <span className="text-11 text-text-3">{`${stage.required ? 'required' : 'optional'}${stage.group === null ? '' : ` · one of ${stage.group}`}`}</span>
        }
      >
        {stage.stateReason === null ? null : (
          <p className={clsx('mb-2', stage.state === 'blind' ? 'text-blind' : 'text-text-2')}>
            <HostileText text={stage.stateReason} />
          </p>
        )}
        {stage.why === null ? (
          stage.state === 'matched' ? (
            <p className="text-text-3">The engine kept no explanation for this stage.</p>
          ) : null
        ) : (
          <PredicateTree predicate={stage.why} />
        )}
        {stage.eventsTotal > 1 ? (
          <details className="mt-3">
            <summary className="cursor-pointer text-text-2">
              {stage.events.length < stage.eventsTotal
                ? `first ${stage.events.length} of ${stage.eventsTotal.toLocaleString('en')} events satisfy it`
                : `${stage.eventsTotal} events satisfy it`}
            </summary>
            <ul className="mt-1">
              {stage.events.map((event) => (
                <li key={event.eventId}>
                  <button
                    type="button"
                    aria-current={event.eventId === props.selectedEventId ? 'true' : undefined}
                    className={clsx(
                      'min-h-6 w-full truncate rounded-sm px-1 text-left hover:bg-surface-2',
                      event.eventId === props.selectedEventId && 'bg-accent-soft',
                    )}
                    onClick={() => props.onEvent(event.eventId)}
                  >
                    <span className="machine">
                      <HostileText
                        text={
                          event.destination ??
                          event.query ??
                          event.path ??
                          event.commandLine ??
                          event.image ??
                          event.kind
                        }
                      />
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          </details>
        ) : null}
        {stage.cut?.map((what) => (
          <p key={what} className="mt-2 text-12 text-text-3">
            <HostileText text={what} />
          </p>
        ))}
      </PanelSection>
      {relation === null && window === null ? null : (
        <PanelSection
          title="How it is joined"
          aside={relation === null ? undefined : <Grade strength={relation.strength} />}
        >
          {relation === null ? null : (
            <>
              <p className="text-text-2">
                {to === undefined ? null : (
                  <span className="text-text-3">
                    {'to '}
                    <button
                      type="button"
                      className="link min-h-6 align-baseline"
                      onClick={() => props.onStage(to)}
                    >
                      {to.title}
                    </button>
                    {': '}
                  </span>
                )}
                <HostileText text={relation.text} />
              </p>
              {relation.hops.length === 0 ? null : (
                <ol className="mt-2 space-y-1">
                  {relation.hops.map((hop, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: hops are positions on a way
                    <li key={index} className="flex items-baseline gap-2">
                      <span className="num w-4 shrink-0 text-right text-text-3">{index + 1}</span>
                      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
                        <HostileText text={hop.text} />
                      </span>
                      <Grade strength={hop.strength} />
                    </li>
                  ))}
                </ol>
              )}
            </>
          )}
          {relation === null || relation.via.length === 0 ? null : (
            <p className="mt-2 text-text-2 [overflow-wrap:anywhere]">
              <span className="text-text-3">through </span>
              {relation.via.map((name, index) => (
                <span key={name}>
                  {index > 0 ? ' → ' : ''}
                  <MonoText text={name} />
                </span>
              ))}
            </p>
          )}
          {window === null ? null : <WindowBar window={window} to={to?.title} />}
        </PanelSection>
      )}
    </>
  );
}

function Grade({ strength }: { strength: FindingDetail['weakestLink']['strength'] }) {
  const dash = { exact: undefined, inferred: '4 3', weak: '1.5 3', broken: '9 6' }[strength];
  return (
    <span
      className={clsx(
        'inline-flex shrink-0 items-center gap-1.5 text-12',
        strength === 'exact' ? 'text-text-3' : 'text-text-1',
      )}
    >
      <svg width={22} height={6} aria-hidden="true">
        <path d="M1 3h20" stroke="currentColor" strokeWidth={1.6} strokeDasharray={dash} />
      </svg>
      {strength}
    </span>
  );
}

function WindowBar({ window, to }: { window: NonNullable<StageView['window']>; to: string | undefined }) {
  const { usedSeconds: used, limitSeconds: limit } = window;
  return (
    <div className="mt-2.5">
      <p className="num text-text-2">{windowSentence(window, to)}</p>
      {used === null || limit === null || limit === 0 ? null : (
        <div aria-hidden="true" className="mt-1 h-1 rounded-full bg-surface-3">
          <div
            className="h-full min-w-0.5 rounded-full bg-text-2"
            style={{ width: `${Math.min(100, (Math.abs(used) / limit) * 100)}%` }}
          />
        </div>
      )}
    </div>
  );
}
