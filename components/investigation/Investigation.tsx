'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import { useNeverAgain } from '@/components/shared/baseline/useNeverAgain';
import { focusComment } from '@/components/shared/event/commentFocus';
import { eventsOfProcess } from '@/components/shared/lineage/eventsOfProcess';
import type { LineagePaneHandle } from '@/components/shared/lineage/LineagePane';
import { useNarrow } from '@/components/shared/lineage/useNarrow';
import { eventsHref } from '@/components/shared/query/eventSearch';
import { StageTrack } from '@/components/shared/StageStrip';
import { hitsAt } from '@/components/shared/sigma/sigmaMarks';
import { useSigmaMarks } from '@/components/shared/sigma/useSigmaMarks';
import type { TimelinePaneHandle } from '@/components/shared/timeline/TimelinePane';
import { useTimeFormat } from '@/components/shared/useTimeFormat';
import type { Outcome } from '@/components/shared/verdict/judge';
import { ReopenedNote } from '@/components/shared/verdict/ReopenedMark';
import { parseMicros } from '@/lib/base/time';
import type { FindingDetail, StageView } from '@/lib/contracts/findings';
import { EvidencePanel } from './EvidencePanel';
import { FindingHeader } from './FindingHeader';
import { HeaderActions } from './HeaderActions';
import { HoveredLineage, HoveredSequence } from './HoveredSections';
import { createHover } from './hover';
import { InvestigationPanes, type InvestigationPanesHandle } from './InvestigationPanes';
import { queueHref } from './nextFinding';
import { StoryText } from './StoryText';
import {
  defaultSelection,
  parseSelection,
  resolveSelection,
  type SelectionKey,
  selectEvent,
  selectedHit,
  selectStage,
} from './selection';
import { useDecision } from './useDecision';
import { useFindingDialogs } from './useFindingDialogs';
import { useFindingLineage } from './useFindingLineage';
import { useGoNext } from './useGoNext';
import { useInvestigationKeys } from './useInvestigationKeys';
import {
  arrangementPreference,
  type InvestigationView,
  lanesPreference,
  useInvestigationView,
} from './useInvestigationView';
import { useJudging } from './useJudging';
import { useTimeline } from './useTimeline';
import { VerdictForm } from './VerdictForm';
import { VerdictLine } from './VerdictLine';

/**
 * One finding with everything that bears on it. One selection, in the URL, is shared by all of its parts. `takesFocus`:
 * it came up in the place of another one, whose focus went with it.
 */
export function Investigation({ finding, takesFocus }: { finding: FindingDetail; takesFocus: boolean }) {
  const router = useRouter();
  const format = useTimeFormat();
  const narrow = useNarrow();
  const arrangement = arrangementPreference.use();
  const lanes = lanesPreference.use();
  const [view, setView] = useInvestigationView();
  const onView = (change: Partial<InvestigationView>) => void setView(change);
  const { queue } = view;
  const [from, to] = view.window ?? [];
  const window = useMemo(
    () => (from === undefined || to === undefined || to <= from ? null : { from, to }),
    [from, to],
  );

  const lineage = useFindingLineage(finding, view);
  const timeline = useTimeline(finding, window, view.lanes ?? lanes);

  const sigma = useSigmaMarks({ type: 'finding', id: finding.id });

  const key = parseSelection(view.sel) ?? defaultSelection(finding);
  const selection = resolveSelection(key, finding, lineage.view, timeline.view, sigma.marks);
  const hitRef = selectedHit(selection.key);
  const isProcess = key?.startsWith('p:') === true;
  const hits = hitsAt(sigma.marks, {
    hitRef,
    eventId: isProcess ? null : selection.eventId,
    entityId: isProcess ? selection.entityId : null,
  });
  const select = (next: SelectionKey) => onView({ sel: next });
  const selectTheStage = (stage: StageView) => onView({ sel: selectStage(stage), tab: 'why' });
  const stage = finding.stages.find((candidate) => candidate.id === selection.stageId);
  const [hover] = useState(createHover);

  const root = useRef<HTMLElement>(null);
  const graph = useRef<LineagePaneHandle>(null);
  const sequence = useRef<TimelinePaneHandle>(null);
  const panes = useRef<InvestigationPanesHandle>(null);
  const lineageBox = useRef<HTMLDivElement>(null);
  const sequenceBox = useRef<HTMLDivElement>(null);
  const headline = useRef<HTMLHeadingElement>(null);
  const headlineId = useId();
  useEffect(() => {
    if (takesFocus && document.activeElement === document.body)
      headline.current?.focus({ preventScroll: true });
  }, [takesFocus]);

  const judging = useJudging(finding);
  const decision = useDecision(finding);
  const { hasNext, goNext } = useGoNext(finding.id, queue);
  const neverAgain = useNeverAgain({ returnTo: () => root.current });
  const { begin } = neverAgain;
  const onNeverAgain = begin === null ? null : () => begin({ finding: finding.id });
  const asked = useFindingDialogs({ finding, onAssign: decision.give, root });
  const saved = (outcome: Outcome, next: boolean) => {
    decision.saved(outcome, judging.draft.value);
    judging.close();
    if (next) goNext();
    else root.current?.focus();
  };
  const comment = (eventId: string) => {
    focusComment(eventId);
    onView({ sel: selectEvent(eventId), tab: 'event' });
  };
  /** One step out at a time: to the words of a verdict, out of a picture, then out of the finding. */
  const back = () => {
    const { activeElement } = document;
    if (judging.open) judging.draft.field.current?.focus();
    else if (lineageBox.current?.contains(activeElement) || sequenceBox.current?.contains(activeElement))
      root.current?.focus();
    else router.push(queueHref(queue));
  };

  useInvestigationKeys({
    root,
    graph,
    sequence,
    inSequence: () => sequenceBox.current?.contains(document.activeElement) === true,
    onJudge: judging.begin,
    onUndo: decision.undo,
    onTake: decision.take,
    onGive: asked.onGive,
    onCase: asked.onCase,
    onNeverAgain,
    onNext: goNext,
    onBack: back,
    onReading: (reading) => setView({ lineage: reading }),
  });

  return (
    <article
      ref={root}
      aria-labelledby={headlineId}
      tabIndex={-1}
      className="flex h-full min-h-0 flex-col outline-none max-sm:h-auto max-sm:overflow-auto print:block print:h-auto"
    >
      <FindingHeader
        finding={finding}
        headline={headline}
        headlineId={headlineId}
        actions={
          <HeaderActions
            finding={finding}
            hasNext={hasNext}
            onResize={narrow ? null : (part, by) => panes.current?.resize(part, by)}
            onJudge={judging.begin}
            onTake={decision.take}
            onNeverAgain={onNeverAgain}
            onGive={asked.onGive}
            onCase={asked.onCase}
            onNext={goNext}
          />
        }
      >
        {finding.reopened ? (
          <div className="mt-1.5">
            <ReopenedNote reopened={finding.reopened} />
          </div>
        ) : null}
        {finding.verdict === null ? null : (
          <VerdictLine verdict={finding.verdict} onNeverAgain={onNeverAgain} />
        )}
        <div className="mt-1.5">
          <StoryText
            story={finding.story}
            stages={finding.stages}
            selectedEventId={selection.eventId}
            selectedStageId={selection.stageId}
            onEvent={(eventId) => select(selectEvent(eventId))}
            onStage={(id) => select(`s:${id}`)}
          />
        </div>
      </FindingHeader>
      {judging.open ? (
        <VerdictForm
          draft={judging.draft}
          onSaved={saved}
          onCancel={() => {
            judging.close();
            root.current?.focus();
          }}
        />
      ) : null}
      <StageTrack
        className="shrink-0 border-b px-3 py-2"
        stages={finding.stages.map((each, index) => ({
          ...each,
          title: `${index + 1}  ${each.title}`,
          time: each.events[0]?.time ?? null,
          strength: each.relation?.strength ?? null,
        }))}
        current={selection.stageId}
        onSelect={(id) => {
          const chosen = finding.stages.find((candidate) => candidate.id === id);
          if (chosen !== undefined) selectTheStage(chosen);
        }}
        time={(iso) => format.time(iso, 'ms')}
      />
      <InvestigationPanes
        ref={panes}
        narrow={narrow}
        arrangement={arrangement}
        lineage={
          <div ref={lineageBox} className="size-full">
            <HoveredLineage
              ref={graph}
              hover={hover}
              finding={finding}
              lineage={lineage}
              sigma={sigma}
              view={view}
              onView={onView}
              originTime={parseMicros(timeline.view?.anchor ?? finding.from) ?? null}
              selection={selection}
              onSelect={select}
              onEvents={(entityId, kinds) =>
                router.push(eventsHref({ q: eventsOfProcess(finding.host, entityId, kinds) }))
              }
            />
          </div>
        }
        sequence={
          <div ref={sequenceBox} className="size-full">
            <HoveredSequence
              ref={sequence}
              hover={hover}
              finding={finding}
              timeline={timeline}
              lineage={lineage.view}
              sigma={sigma.marks}
              view={view}
              onView={onView}
              window={window}
              selection={selection}
              onSelect={select}
              onComment={comment}
            />
          </div>
        }
        evidence={
          <EvidencePanel
            finding={finding}
            tab={view.tab}
            onTab={(tab) => onView({ tab })}
            stage={stage}
            eventId={selection.eventId}
            hits={hits}
            hitsOn={hitRef !== null ? 'record' : isProcess ? 'process' : 'event'}
            queue={queue}
            onEvent={(eventId) => select(selectEvent(eventId))}
            onStage={selectTheStage}
          />
        }
      />
      {neverAgain.dialog}
      {asked.dialogs}
    </article>
  );
}
