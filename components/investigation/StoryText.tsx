import { clsx } from 'clsx';
import { HostileText } from '@/components/shared/MonoText';
import type { FindingDetail } from '@/lib/contracts/findings';

/** The story, clause by clause; each clause leads to the event it tells. */
export function StoryText(props: {
  story: FindingDetail['story'];
  stages: FindingDetail['stages'];
  selectedEventId: string | null;
  selectedStageId: string | null;
  onEvent: (eventId: string) => void;
  onStage: (stageId: string) => void;
}) {
  if (props.story.length === 0) return null;
  return (
    <p className="text-pretty leading-6 text-text-2">
      {props.story.map((clause, index) => {
        const { eventId, stage } = clause;
        const number = props.stages.findIndex((candidate) => candidate.id === stage) + 1;
        const selected =
          eventId === null
            ? stage !== null && stage === props.selectedStageId
            : eventId === props.selectedEventId;
        const key = `${index}-${eventId ?? stage ?? ''}`;
        if (eventId === null && stage === null)
          return (
            <span key={key}>
              <HostileText text={clause.text} />{' '}
            </span>
          );
        return (
          <span key={key}>
            <a
              href={`?sel=${encodeURIComponent(eventId === null ? `s:${stage}` : `e:${eventId}`)}`}
              aria-current={selected ? 'true' : undefined}
              className={clsx(
                'rounded-sm py-1 decoration-line-strong underline-offset-3 hover:text-text-1 hover:underline',
                selected && 'bg-accent-soft text-text-1',
              )}
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                if (eventId === null) props.onStage(stage ?? '');
                else props.onEvent(eventId);
              }}
            >
              {number > 0 ? <span className="num mr-1 text-11 text-text-3">{number}</span> : null}
              <HostileText text={clause.text} />
            </a>{' '}
          </span>
        );
      })}
    </p>
  );
}
