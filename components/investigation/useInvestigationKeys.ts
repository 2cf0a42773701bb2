import type { RefObject } from 'react';
import type { LineagePaneHandle } from '@/components/shared/lineage/LineagePane';
import { useMay } from '@/components/shared/me';
import { useShortcuts } from '@/components/shared/shortcuts/useShortcuts';
import type { TimelinePaneHandle } from '@/components/shared/timeline/TimelinePane';
import { decisionShortcuts } from '@/components/shared/verdict/decisionShortcuts';
import type { VerdictValue } from '@/lib/contracts/scalars';

type InvestigationKeys = {
  root: RefObject<HTMLElement | null>;
  graph: RefObject<LineagePaneHandle | null>;
  sequence: RefObject<TimelinePaneHandle | null>;
  /** Whether the sequence has the focus: keys that both pictures have act on it then, else on the lineage. */
  inSequence: () => boolean;
  onJudge: (verdict: VerdictValue) => void;
  onUndo: () => void;
  onTake: () => void;
  onGive: () => void;
  /** Null for those who may not work on cases. */
  onCase: (() => void) | null;
  /** Null for those who may not propose a baseline. */
  onNeverAgain: (() => void) | null;
  onNext: () => void;
  onBack: () => void;
  onReading: (reading: 'graph' | 'table') => Promise<unknown>;
};

/** The keys of the screen, as FIELD names them: what people's hands know from queues, trees and timelines. */
export function useInvestigationKeys(on: InvestigationKeys): void {
  const { graph, sequence, inSequence } = on;
  const home = () => on.root.current;
  const mayDecide = useMay('findings.decide');
  const mayAnnotate = useMay('events.annotate');
  useShortcuts({
    title: 'Verdict',
    home,
    shortcuts: [
      ...decisionShortcuts(
        mayDecide
          ? {
              onVerdict: on.onJudge,
              onUndo: on.onUndo,
              onTake: on.onTake,
              onGive: on.onGive,
              onCase: on.onCase,
              onBaseline: null,
            }
          : null,
      ),
      ...(on.onNeverAgain
        ? [{ keys: 'B', label: 'Never again: propose a baseline', run: on.onNeverAgain }]
        : []),
    ],
  });
  useShortcuts({
    title: 'Finding',
    home,
    shortcuts: [
      { keys: 'j', label: 'Next finding', run: on.onNext },
      { keys: 'Escape', label: 'Back to triage', run: on.onBack },
      {
        keys: '1',
        label: 'Lineage',
        run: () => void on.onReading('graph').then(() => graph.current?.focus()),
      },
      { keys: '2', label: 'Sequence', run: () => sequence.current?.focus() },
      { keys: '3', label: 'Lineage as a table', run: () => void on.onReading('table') },
    ],
  });
  useShortcuts({
    title: 'Lineage and sequence',
    home,
    shortcuts: [
      { keys: '/', label: 'Find in tree', run: () => graph.current?.find() },
      { keys: 'n', label: 'Next found', run: () => graph.current?.next(1) },
      { keys: 'N', label: 'Found before', run: () => graph.current?.next(-1) },
      { keys: '[', label: 'Open all folds', run: () => graph.current?.openAll() },
      { keys: ']', label: 'Close what is beside the path', run: () => graph.current?.closeAll() },
      {
        keys: 'f',
        label: 'Frame the selection; again, everything',
        run: () => (inSequence() ? sequence.current?.frame() : graph.current?.frame()),
      },
      {
        keys: '0',
        label: 'Fit everything',
        run: () => (inSequence() ? sequence.current?.fit() : graph.current?.fit()),
      },
      {
        keys: '+',
        label: 'Zoom in',
        run: () => (inSequence() ? sequence.current?.zoomBy(1.4) : graph.current?.zoomBy(1.25)),
      },
      {
        keys: '-',
        label: 'Zoom out',
        run: () => (inSequence() ? sequence.current?.zoomBy(1 / 1.4) : graph.current?.zoomBy(0.8)),
      },
    ],
  });
  useShortcuts({
    title: 'Sequence',
    home,
    shortcuts: [
      { keys: 'w', label: 'Zoom in', run: () => sequence.current?.zoomBy(1.4) },
      { keys: 's', label: 'Zoom out', run: () => sequence.current?.zoomBy(1 / 1.4) },
      { keys: 'a', label: 'Earlier', run: () => sequence.current?.panBy(-0.15) },
      { keys: 'd', label: 'Later', run: () => sequence.current?.panBy(0.15) },
      { keys: 'A', label: 'Far earlier', run: () => sequence.current?.panBy(-0.6) },
      { keys: 'D', label: 'Far later', run: () => sequence.current?.panBy(0.6) },
      { keys: ',', label: 'Event before', run: () => sequence.current?.step(-1) },
      { keys: '.', label: 'Next event', run: () => sequence.current?.step(1) },
      { keys: 'r', label: 'Range, from the selected event on', run: () => sequence.current?.range() },
      ...(mayAnnotate
        ? [
            {
              keys: 'm',
              label: 'Flag the event, or take the flag away',
              run: () => sequence.current?.flag(),
            },
            { keys: 'c', label: 'Comment on the event', run: () => sequence.current?.comment() },
          ]
        : []),
      { keys: 'p', label: 'Play the chain, or pause', run: () => sequence.current?.play() },
    ],
  });
}
