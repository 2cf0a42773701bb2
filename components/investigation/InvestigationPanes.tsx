'use client';

import { type ReactNode, type Ref, useImperativeHandle, useRef } from 'react';
import {
  Group,
  type GroupImperativeHandle,
  type LayoutChangedMeta,
  Panel,
  Separator,
  useDefaultLayout,
} from 'react-resizable-panels';

/**
 * A line to be seen and 24 px to be taken hold of: a strip of its own that holds nothing else, and 7 px on either side.
 * Whoever cannot drag has arrow keys here, and the layout menu.
 */
const HANDLE =
  'no-print relative outline-offset-0 after:absolute before:absolute before:bg-line before:content-[""] data-[separator=hover]:before:bg-accent data-[separator=active]:before:bg-accent';
const ACROSS = `${HANDLE} w-2.5 before:inset-y-0 before:left-0 before:w-px after:inset-y-0 after:-inset-x-[7px]`;
const DOWN = `${HANDLE} h-2.5 before:inset-x-0 before:top-0 before:h-px after:inset-x-0 after:-inset-y-[7px]`;
const GRASP = { coarse: 24, fine: 24 };

type Parts = { lineage: ReactNode; sequence: ReactNode; evidence: ReactNode };

/** What a size is given to without dragging. */
export type ResizablePart = 'lineage' | 'evidence';
export type InvestigationPanesHandle = {
  /** Makes a part larger, or smaller, by so many percent of what it shares; at its limits nothing happens. */
  resize: (part: ResizablePart, by: number) => void;
};

/** The three parts of the screen: side by side with sizes one can drag, or below one another where it is narrow. */
export function InvestigationPanes({
  ref,
  narrow,
  arrangement,
  ...parts
}: Parts & {
  ref: Ref<InvestigationPanesHandle>;
  narrow: boolean;
  arrangement: 'stacked' | 'side';
}) {
  if (!narrow) return <Split key={arrangement} ref={ref} arrangement={arrangement} {...parts} />;
  return (
    <div className="divide-y">
      <section aria-label="Evidence">{parts.evidence}</section>
      <section aria-label="Lineage" className="h-96">
        {parts.lineage}
      </section>
      <section aria-label="Sequence" className="h-96">
        {parts.sequence}
      </section>
    </div>
  );
}

/** Picture left, evidence right; lineage above or beside the sequence. Sizes are remembered per arrangement. */
function Split(props: Parts & { ref: Ref<InvestigationPanesHandle>; arrangement: 'stacked' | 'side' }) {
  const stacked = props.arrangement === 'stacked';
  const outer = useSizes('sequela.investigation');
  const inner = useSizes(`sequela.investigation.${props.arrangement}`);
  useImperativeHandle(props.ref, () => ({
    resize: (part, by) =>
      part === 'evidence' ? outer.grow('evidence', 'picture', by) : inner.grow('lineage', 'sequence', by),
  }));
  return (
    <Group
      {...outer.group}
      id="investigation"
      orientation="horizontal"
      className="min-h-0 flex-1 print:!block print:!h-auto print:!overflow-visible"
    >
      <Panel id="picture" minSize={420} className="print:!block">
        <Group
          {...inner.group}
          id="picture-parts"
          orientation={stacked ? 'vertical' : 'horizontal'}
          className="print:!block"
        >
          <Panel id="lineage" defaultSize="56%" minSize={stacked ? 150 : 320} className="print:!h-[420px]">
            <section aria-label="Lineage" className="size-full">
              {props.lineage}
            </section>
          </Panel>
          <Separator className={stacked ? DOWN : ACROSS} aria-label="Size of lineage and sequence" />
          <Panel id="sequence" minSize={stacked ? 130 : 320} className="print:!h-[340px]">
            <section aria-label="Sequence" className="size-full">
              {props.sequence}
            </section>
          </Panel>
        </Group>
      </Panel>
      <Separator className={ACROSS} aria-label="Width of the evidence" />
      <Panel
        id="evidence"
        defaultSize={400}
        minSize={300}
        maxSize="55%"
        groupResizeBehavior="preserve-pixel-size"
        className="print:!overflow-visible"
      >
        <section aria-label="Evidence" className="size-full">
          {props.evidence}
        </section>
      </Panel>
    </Group>
  );
}

/** Sizes of a group, remembered under `id` when the reader changes them, by hand or by `grow`. */
function useSizes(id: string) {
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({ id, onlySaveAfterUserInteractions: true });
  const groupRef = useRef<GroupImperativeHandle>(null);
  const growing = useRef(false);
  return {
    group: {
      defaultLayout,
      groupRef,
      resizeTargetMinimumSize: GRASP,
      onLayoutChanged: (layout: Record<string, number>, meta: LayoutChangedMeta) =>
        onLayoutChanged(layout, growing.current ? { ...meta, isUserInteraction: true } : meta),
    },
    /** Moves the border between two panels, in percent of the group. */
    grow: (panel: string, other: string, by: number) => {
      const group = groupRef.current;
      const layout = group?.getLayout();
      const [size, rest] = [layout?.[panel], layout?.[other]];
      if (group === null || size === undefined || rest === undefined) return;
      growing.current = true;
      group.setLayout({ ...layout, [panel]: size + by, [other]: rest - by });
      growing.current = false;
    },
  };
}
