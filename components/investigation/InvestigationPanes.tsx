'use client';

import type { ReactNode } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';

const HANDLE =
  'no-print relative bg-line outline-offset-0 data-[separator=hover]:bg-accent data-[separator=active]:bg-accent';

type Parts = { lineage: ReactNode; sequence: ReactNode; evidence: ReactNode };

/** The three parts of the screen: side by side with sizes one can drag, or below one another where it is narrow. */
export function InvestigationPanes({
  narrow,
  arrangement,
  ...parts
}: Parts & { narrow: boolean; arrangement: 'stacked' | 'side' }) {
  if (!narrow) return <Split key={arrangement} arrangement={arrangement} {...parts} />;
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
function Split(props: Parts & { arrangement: 'stacked' | 'side' }) {
  const stacked = props.arrangement === 'stacked';
  const outer = useDefaultLayout({ id: 'sequela.investigation', onlySaveAfterUserInteractions: true });
  const inner = useDefaultLayout({
    id: `sequela.investigation.${props.arrangement}`,
    onlySaveAfterUserInteractions: true,
  });
  return (
    <Group
      {...outer}
      id="investigation"
      orientation="horizontal"
      className="min-h-0 flex-1 print:!block print:!h-auto print:!overflow-visible"
    >
      <Panel id="picture" minSize={420} className="print:!block">
        <Group
          {...inner}
          id="picture-parts"
          orientation={stacked ? 'vertical' : 'horizontal'}
          className="print:!block"
        >
          <Panel id="lineage" defaultSize="56%" minSize={stacked ? 150 : 320} className="print:!h-[420px]">
            <section aria-label="Lineage" className="size-full">
              {props.lineage}
            </section>
          </Panel>
          <Separator
            className={`${HANDLE} ${stacked ? 'h-px after:absolute after:inset-x-0 after:-inset-y-1.5' : 'w-px after:absolute after:inset-y-0 after:-inset-x-1.5'}`}
            aria-label="Size of lineage and sequence"
          />
          <Panel id="sequence" minSize={stacked ? 130 : 320} className="print:!h-[340px]">
            <section aria-label="Sequence" className="size-full">
              {props.sequence}
            </section>
          </Panel>
        </Group>
      </Panel>
      <Separator
        className={`${HANDLE} w-px after:absolute after:inset-y-0 after:-inset-x-1.5`}
        aria-label="Width of the evidence"
      />
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
