'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useMemo, useRef, useState } from 'react';
import { findingDetailQuery } from '@/components/shared/findingQueries';
import type { LineagePaneHandle } from '@/components/shared/lineage/LineagePane';
import { useNarrow } from '@/components/shared/lineage/useNarrow';
import { HostileText } from '@/components/shared/MonoText';
import { personName } from '@/components/shared/people';
import { StageTrack } from '@/components/shared/StageStrip';
import { useShortcuts } from '@/components/shared/shortcuts/useShortcuts';
import { TimeText } from '@/components/shared/TimeText';
import { chainWindow, spanOf } from '@/components/shared/timeline/layoutTimeline';
import { changeWindow, windowAround } from '@/components/shared/timeline/timeScale';
import { useTimeFormat } from '@/components/shared/useTimeFormat';
import { VERDICT_WORD } from '@/components/shared/verdict/verdictWords';
import { parseMicros } from '@/lib/base/time';
import type { FindingDetail, StageView } from '@/lib/contracts/findings';
import type { VerdictValue } from '@/lib/contracts/scalars';
import type { TimelineView } from '@/lib/contracts/timeline';
import { EvidencePanel } from './EvidencePanel';
import { FindingHeader } from './FindingHeader';
import { HeaderActions } from './HeaderActions';
import { InvestigationPanes } from './InvestigationPanes';
import { LineageSection } from './LineageSection';
import { nextInQueue, queueHref, showFinding } from './nextFinding';
import { lineageQueryOptions, queueQueryOptions, timelineQueryOptions } from './queries';
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
import { arrangementPreference, useInvestigationView } from './useInvestigationView';
import { VerdictForm } from './VerdictForm';

/** One finding with everything that bears on it. One selection, in the URL, is shared by all of its parts. */
export function Investigation({ finding }: { finding: FindingDetail }) {
  const router = useRouter();
  const format = useTimeFormat();
  const narrow = useNarrow();
  const arrangement = arrangementPreference.use();
  const [view, setView] = useInvestigationView();
  const { queue } = view;

  const lineageQuery = useQuery(lineageQueryOptions(finding.id, view.expand, view.most));
  const timelineQuery = useInfiniteQuery(timelineQueryOptions(finding.id));
  const timeline = useMemo(
    () => joinPages(timelineQuery.data?.pages, finding),
    [timelineQuery.data, finding],
  );
  const queueQuery = useQuery(queueQueryOptions(queue));
  const nextId = nextInQueue(queueQuery.data?.items.map((item) => item.id) ?? [], finding.id);
  useQuery({ ...findingDetailQuery(nextId ?? ''), enabled: nextId !== null, staleTime: 30_000 });

  const key = parseSelection(view.sel) ?? defaultSelection(finding);
  const selection = resolveSelection(key, finding, lineageQuery.data, timeline);
  const select = (next: SelectionKey) => void setView({ sel: next });
  const selectTheStage = (stage: StageView) => void setView({ sel: selectStage(stage), tab: 'why' });
  const stage = finding.stages.find((candidate) => candidate.id === selection.stageId);

  const [hovered, setHovered] = useState<{ itemId: string | null; eventId: string | null }>({
    itemId: null,
    eventId: null,
  });
  const hoveredArtefact = lineageQuery.data?.artefacts.find(
    (artefact) => `artefact:${artefact.id}` === hovered.itemId,
  );

  const [judging, setJudging] = useState<VerdictValue | null>(null);
  const decision = useDecision(finding);
  const judge = (verdict: VerdictValue) => {
    decision.forget();
    setJudging(verdict);
  };
  const goNext = () => (nextId === null ? router.push(queueHref(queue)) : showFinding(nextId, queue));
  const goBack = () => router.push(queueHref(queue));
  const save = async (reason: string, next: boolean) => {
    if (judging === null || !(await decision.save(judging, reason))) return;
    setJudging(null);
    if (next) goNext();
    else root.current?.focus();
  };

  const root = useRef<HTMLDivElement>(null);
  const graph = useRef<LineagePaneHandle>(null);
  const sequence = useRef<HTMLDivElement>(null);
  const whole = useMemo(() => (timeline === undefined ? null : spanOf(timeline)), [timeline]);
  const home = useMemo(
    () =>
      whole === null
        ? null
        : chainWindow(parseMicros(finding.from) ?? whole.from, parseMicros(finding.to) ?? whole.to, whole),
    [whole, finding.from, finding.to],
  );
  const [from, to] = view.window ?? [];
  const window = from === undefined || to === undefined || to <= from ? null : { from, to };
  const changeTime = (change: { shift?: number; zoom?: number }) => {
    if (whole !== null && home !== null) {
      const next = changeWindow(window ?? home, whole, change);
      void setView({ window: [Math.round(next.from), Math.round(next.to)] });
    }
  };
  const inSequence = () => sequence.current?.contains(document.activeElement) === true;
  const stepEvent = (step: 1 | -1) => {
    const events = sortedEvents(timeline);
    const place = events.findIndex((event) => event.eventId === selection.eventId);
    const next = events[place < 0 ? 0 : place + step];
    if (next !== undefined) select(selectEvent(next.eventId));
  };
  const frame = () => {
    if (!inSequence() || whole === null || home === null) return graph.current?.frame();
    const event = timeline?.events.find((candidate) => candidate.eventId === selection.eventId);
    const next = windowAround(
      event === undefined ? undefined : parseMicros(event.time),
      whole,
      window ?? home,
    );
    void setView({ window: next === whole ? null : [Math.round(next.from), Math.round(next.to)] });
  };

  useShortcuts({
    title: 'Finding',
    home: () => root.current,
    shortcuts: [
      { keys: 'v t', label: 'True positive', run: () => judge('true_positive') },
      { keys: 'v b', label: 'Benign true positive', run: () => judge('benign_true_positive') },
      { keys: 'v f', label: 'False positive', run: () => judge('false_positive') },
      { keys: 'v u', label: 'Undetermined', run: () => judge('undetermined') },
      { keys: 'z', label: 'Take the last verdict back', run: decision.undo },
      { keys: 'i', label: 'Take it, or give it back', run: decision.take },
      { keys: 'j', label: 'Next finding', run: goNext },
      { keys: 'Escape', label: 'Back to triage', run: goBack },
      {
        keys: '1',
        label: 'Lineage',
        run: () => void setView({ lineage: 'graph' }).then(() => graph.current?.focus()),
      },
      {
        keys: '2',
        label: 'Sequence',
        run: () =>
          sequence.current
            ?.querySelector<HTMLElement>('[role=toolbar] [tabindex="0"], [role=toolbar][tabindex="0"]')
            ?.focus(),
      },
      { keys: '3', label: 'Lineage as a table', run: () => void setView({ lineage: 'table' }) },
    ],
  });
  useShortcuts({
    title: 'Lineage and sequence',
    home: () => root.current,
    shortcuts: [
      { keys: '/', label: 'Find in tree', run: () => graph.current?.find() },
      { keys: 'n', label: 'Next found', run: () => graph.current?.next(1) },
      { keys: 'N', label: 'Found before', run: () => graph.current?.next(-1) },
      { keys: '[', label: 'Open all folds', run: () => graph.current?.openAll() },
      { keys: ']', label: 'Close what is beside the path', run: () => graph.current?.closeAll() },
      { keys: 'f', label: 'Frame the selection; again, everything', run: frame },
      {
        keys: '0',
        label: 'Fit everything',
        run: () =>
          inSequence() && whole !== null
            ? void setView({ window: [Math.round(whole.from), Math.round(whole.to)] })
            : graph.current?.fit(),
      },
      {
        keys: '+',
        label: 'Zoom in',
        run: () => (inSequence() ? changeTime({ zoom: 1.4 }) : graph.current?.zoomBy(1.25)),
      },
      {
        keys: '-',
        label: 'Zoom out',
        run: () => (inSequence() ? changeTime({ zoom: 1 / 1.4 }) : graph.current?.zoomBy(0.8)),
      },
      { keys: 'w', label: 'Sequence: zoom in', run: () => changeTime({ zoom: 1.4 }) },
      { keys: 's', label: 'Sequence: zoom out', run: () => changeTime({ zoom: 1 / 1.4 }) },
      { keys: 'a', label: 'Sequence: earlier', run: () => changeTime({ shift: -0.15 }) },
      { keys: 'd', label: 'Sequence: later', run: () => changeTime({ shift: 0.15 }) },
      { keys: ',', label: 'Event before', run: () => stepEvent(-1) },
      { keys: '.', label: 'Next event', run: () => stepEvent(1) },
    ],
  });

  const lineagePart = (
    <LineageSection
      ref={graph}
      finding={finding}
      query={lineageQuery}
      view={view}
      onView={(change) => void setView(change)}
      originTime={parseMicros(timeline?.anchor ?? finding.from) ?? null}
      selection={selection}
      onSelect={select}
      hoveredId={hovered.itemId}
      onHover={(itemId) => setHovered({ itemId, eventId: null })}
    />
  );
  const sequencePart = (
    <div ref={sequence} className="size-full">
      <SequenceSection
        finding={finding}
        query={timelineQuery}
        timeline={timeline}
        lineage={lineageQuery.data}
        view={view}
        onView={(change) => void setView(change)}
        home={home}
        window={window}
        selection={selection}
        onSelect={select}
        litEntityId={hoveredArtefact === undefined ? hovered.itemId : null}
        litEventId={hoveredArtefact?.eventId ?? hovered.eventId}
        onHover={(mark) =>
          setHovered({ itemId: mark?.event.entityId ?? null, eventId: mark?.event.eventId ?? null })
        }
      />
    </div>
  );
  const evidencePart = (
    <EvidencePanel
      finding={finding}
      tab={view.tab}
      onTab={(tab) => void setView({ tab })}
      stage={stage}
      eventId={selection.eventId}
      queue={queue}
      onEvent={(eventId) => select(selectEvent(eventId))}
      onStage={selectTheStage}
    />
  );

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
        {finding.verdict === null ? null : (
          <p className="mt-1.5 border-l-2 border-line-strong pl-2.5">
            <span className="font-medium">{VERDICT_WORD[finding.verdict.value]}</span>
            <span className="text-text-2">
              {' by '}
              {personName(finding.verdict.by)}, <TimeText at={finding.verdict.at} date precision="min" zone />
              {finding.verdict.reason === '' ? ', without a reason' : ': '}
              <HostileText text={finding.verdict.reason} />
            </span>
          </p>
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
        lineage={lineagePart}
        sequence={sequencePart}
        evidence={evidencePart}
      />
    </div>
  );
}

/**
 * The pages read so far as one view. T0 is the anchor while it lies in the chain; where the anchor is a program that had
 * been running for hours, distances to its start would say nothing, and T0 is the chain's first event.
 */
function joinPages(
  pages: readonly TimelineView[] | undefined,
  finding: FindingDetail,
): TimelineView | undefined {
  const [first, ...rest] = pages ?? [];
  if (first === undefined) return undefined;
  const [t0, from, to] = [first.anchor ?? '', finding.from, finding.to].map(parseMicros);
  const inChain = t0 !== undefined && from !== undefined && to !== undefined && t0 >= from && t0 <= to;
  return {
    ...first,
    anchor: inChain ? first.anchor : finding.from,
    events: [first, ...rest].flatMap((page) => page.events),
  };
}

function sortedEvents(timeline: TimelineView | undefined) {
  return [...(timeline?.events ?? [])].sort(
    (a, b) => (parseMicros(a.time) ?? 0) - (parseMicros(b.time) ?? 0),
  );
}
