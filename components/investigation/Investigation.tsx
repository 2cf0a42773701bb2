'use client';

import { useRouter } from 'next/navigation';
import { useMemo, useRef, useState } from 'react';
import { focusComment } from '@/components/shared/event/AnnotationsSection';
import type { LineagePaneHandle } from '@/components/shared/lineage/LineagePane';
import { useNarrow } from '@/components/shared/lineage/useNarrow';
import { eventsHref } from '@/components/shared/query/eventSearch';
import { StageTrack } from '@/components/shared/StageStrip';
import type { TimelinePaneHandle } from '@/components/shared/timeline/TimelinePane';
import { useTimeFormat } from '@/components/shared/useTimeFormat';
import { parseMicros } from '@/lib/base/time';
import type { FindingDetail, StageView } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';
import { allOf, fieldIs, quoteValue } from '@/lib/query/quote';
import { EvidencePanel } from './EvidencePanel';
import { FindingHeader } from './FindingHeader';
import { HeaderActions } from './HeaderActions';
import { InvestigationPanes } from './InvestigationPanes';
import { LineageSection } from './LineageSection';
import { queueHref, showFinding } from './nextFinding';
import { SequenceSection } from './SequenceSection';
import { StoryText } from './StoryText';
import {
  defaultSelection,
  parseSelection,
  resolveSelection,
  type SelectionKey,
  selectEvent,
  selectStage,
} from './selection';
import { useDecision } from './useDecision';
import { useFindingLineage } from './useFindingLineage';
import { useInvestigationKeys } from './useInvestigationKeys';
import {
  arrangementPreference,
  type InvestigationView,
  lanesPreference,
  useInvestigationView,
} from './useInvestigationView';
import { usePrefetchedNext } from './usePrefetchedNext';
import { useTimeline } from './useTimeline';
import { VerdictForm } from './VerdictForm';
import { VerdictLine } from './VerdictLine';

/** One finding with everything that bears on it. One selection, in the URL, is shared by all of its parts. */
export function Investigation({ finding }: { finding: FindingDetail }) {
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
  const nextId = usePrefetchedNext(finding.id, queue);

  const key = parseSelection(view.sel) ?? defaultSelection(finding);
  const selection = resolveSelection(key, finding, lineage.view, timeline.view);
  const select = (next: SelectionKey) => onView({ sel: next });
  const selectTheStage = (stage: StageView) => onView({ sel: selectStage(stage), tab: 'why' });
  const stage = finding.stages.find((candidate) => candidate.id === selection.stageId);
  const [hovered, setHovered] = useState<{ itemId: string | null; eventId: string | null }>({
    itemId: null,
    eventId: null,
  });
  const hoveredArtefact = lineage.view?.artefacts.find(
    (artefact) => `artefact:${artefact.id}` === hovered.itemId,
  );

  const root = useRef<HTMLDivElement>(null);
  const graph = useRef<LineagePaneHandle>(null);
  const sequence = useRef<TimelinePaneHandle>(null);
  const sequenceBox = useRef<HTMLDivElement>(null);

  const [judging, setJudging] = useState<VerdictValue | null>(null);
  const decision = useDecision(finding);
  const judge = (verdict: VerdictValue) => {
    decision.forget();
    setJudging(verdict);
  };
  const goNext = () => (nextId === null ? router.push(queueHref(queue)) : showFinding(nextId, queue));
  const save = async (reason: string, next: boolean) => {
    if (judging === null || !(await decision.save(judging, reason))) return;
    setJudging(null);
    if (next) goNext();
    else root.current?.focus();
  };
  const comment = (eventId: string) => {
    void setView({ sel: selectEvent(eventId), tab: 'event' }).then(() => focusComment());
  };

  useInvestigationKeys({
    root,
    graph,
    sequence,
    inSequence: () => sequenceBox.current?.contains(document.activeElement) === true,
    onJudge: judge,
    onUndo: decision.undo,
    onTake: decision.take,
    onNext: goNext,
    onBack: () => router.push(queueHref(queue)),
    onReading: (reading) => setView({ lineage: reading }),
  });

  return (
    <div
      ref={root}
      tabIndex={-1}
      className="flex h-full min-h-0 flex-col outline-none max-sm:h-auto max-sm:overflow-auto print:block print:h-auto"
    >
      <FindingHeader
        finding={finding}
        actions={
          <HeaderActions
            finding={finding}
            hasNext={nextId !== null}
            onJudge={judge}
            onTake={decision.take}
            onNext={goNext}
          />
        }
      >
        {finding.verdict === null ? null : <VerdictLine verdict={finding.verdict} />}
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
      {judging === null ? null : (
        <VerdictForm
          key={judging}
          finding={finding}
          verdict={judging}
          saving={decision.saving}
          error={decision.error}
          onVerdict={judge}
          onSave={(reason, next) => void save(reason, next)}
          onCancel={() => {
            setJudging(null);
            root.current?.focus();
          }}
        />
      )}
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
        narrow={narrow}
        arrangement={arrangement}
        lineage={
          <LineageSection
            ref={graph}
            finding={finding}
            lineage={lineage}
            view={view}
            onView={onView}
            originTime={parseMicros(timeline.view?.anchor ?? finding.from) ?? null}
            selection={selection}
            onSelect={select}
            hoveredId={hovered.itemId}
            onHover={(itemId) => setHovered({ itemId, eventId: null })}
            onEvents={(entityId, kinds) =>
              router.push(eventsHref({ q: eventsOf(finding.host, entityId, kinds) }))
            }
          />
        }
        sequence={
          <div ref={sequenceBox} className="size-full">
            <SequenceSection
              ref={sequence}
              finding={finding}
              timeline={timeline}
              lineage={lineage.view}
              view={view}
              onView={onView}
              window={window}
              selection={selection}
              onSelect={select}
              litEntityId={hoveredArtefact === undefined ? hovered.itemId : null}
              litEventId={hoveredArtefact?.eventId ?? hovered.eventId}
              onHover={(mark) =>
                setHovered({ itemId: mark?.event.entityId ?? null, eventId: mark?.event.eventId ?? null })
              }
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
            queue={queue}
            onEvent={(eventId) => select(selectEvent(eventId))}
            onStage={selectTheStage}
          />
        }
      />
    </div>
  );
}

/** The search for what a process did itself: of some kinds, or (none named) of all. */
function eventsOf(host: string, entityId: string, kinds: readonly string[]): string {
  const process = allOf(fieldIs('host.name', host), fieldIs('process.entity_id', entityId));
  const [first, ...rest] = kinds;
  if (first === undefined) return process;
  if (rest.length === 0) return allOf(process, fieldIs('event.kind', first));
  return allOf(process, `event.kind:(${kinds.map(quoteValue).join(' or ')})`);
}
