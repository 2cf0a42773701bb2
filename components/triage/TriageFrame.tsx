'use client';

import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode, RefObject } from 'react';
import type { FindingFilters } from '@/components/shared/findingFilters';
import { useRefusal } from '@/components/shared/me';
import { TimeText } from '@/components/shared/TimeText';
import { onDemand } from '@/components/ui/onDemand';
import type { FindingList } from '@/lib/contracts/findings';
import { QueueHeader } from './QueueHeader';
import { SavedViewsMenu } from './SavedViewsMenu';
import type { TriageLayout } from './triageUrl';
import type { SavedViewsState } from './useSavedViews';
import { ViewRail } from './ViewRail';

const SaveViewDialog = onDemand(
  async () => (await import('./SaveViewDialog')).SaveViewDialog,
  (props) => props.onClose(),
);

/** What both layouts of the queue need: its state in the address, and how to change it. */
export type TriageState = {
  filters: FindingFilters;
  layout: TriageLayout;
  onChange: (change: Partial<FindingFilters>) => void;
  onLayout: (change: Partial<TriageLayout>) => void;
  views: SavedViewsState;
  selected: string | null;
  onSelected: (id: string | null) => void;
};

type TriageFrameProps = {
  state: TriageState;
  list: FindingList | undefined;
  total: number | undefined;
  fresh: number;
  onShowFresh: () => void;
  search: RefObject<HTMLInputElement | null>;
  pulse: Pick<UseQueryResult<FindingList>, 'error' | 'dataUpdatedAt'>;
  /** The list, then what stands below it. */
  children: ReactNode;
  preview: ReactNode;
};

/** Views, list and preview side by side. */
export function TriageFrame(props: TriageFrameProps) {
  const { state, list, pulse } = props;
  const { views } = state;
  const refusal = useRefusal('findings.decide');
  return (
    <div className="flex h-full">
      <ViewRail filters={state.filters} counts={list?.counts} views={views} />
      <section aria-label="Queue" className="flex min-w-0 flex-1 flex-col">
        <QueueHeader
          filters={state.filters}
          layout={state.layout}
          onChange={state.onChange}
          onLayout={state.onLayout}
          list={list}
          total={props.total}
          grouped={state.layout.group === 'shape'}
          fresh={props.fresh}
          onShowFresh={props.onShowFresh}
          search={props.search}
          saved={<SavedViewsMenu views={views} />}
        />
        {props.children}
        {refusal === null ? null : (
          <p className="border-t px-4 py-1.5 text-12 text-text-3">{refusal} Keys for it do nothing.</p>
        )}
        {pulse.error && list ? (
          <p role="status" className="border-t px-4 py-1.5 text-warning">
            Not refreshed since{' '}
            <TimeText at={new Date(pulse.dataUpdatedAt || Date.now()).toISOString()} precision="s" zone />:
            the server does not answer. What is shown may be old.
          </p>
        ) : null}
      </section>
      {props.preview}
      {views.asking ? (
        <SaveViewDialog
          {...views.asking}
          onSaved={(kept) => {
            if (views.asking?.view === undefined) state.onLayout({ saved: kept.id });
          }}
          onClose={views.closeAsking}
        />
      ) : null}
    </div>
  );
}
