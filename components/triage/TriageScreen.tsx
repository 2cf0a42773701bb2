'use client';

import { parseAsString, throttle, useQueryState, useQueryStates } from 'nuqs';
import { type FindingFilters, filterParsers } from '@/components/shared/findingFilters';
import { drawnLater } from '@/components/ui/onDemand';
import { FindingQueue } from './FindingQueue';
import { TriageSkeleton } from './TriageSkeleton';
import { layoutParsers, type TriageLayout } from './triageUrl';
import { useSavedViews } from './useSavedViews';

const GroupQueue = drawnLater(async () => (await import('./GroupQueue')).GroupQueue, TriageSkeleton);

const SLOWLY = { limitUrlUpdates: throttle(200) };

/** The queue: pick a finding, see enough of it, decide, go on; by finding, or by the shape of the chain. */
export function TriageScreen() {
  const [filters, setFilters] = useQueryStates(filterParsers, SLOWLY);
  const [layout, setLayout] = useQueryStates(layoutParsers, SLOWLY);
  const [selected, setSelected] = useQueryState('finding', parseAsString.withOptions(SLOWLY));
  const onChange = (change: Partial<FindingFilters>) => void setFilters(change);
  const onLayout = (change: Partial<TriageLayout>) => void setLayout(change);
  const views = useSavedViews(filters, layout, { onChange, onLayout });
  const state = {
    filters,
    layout,
    onChange,
    onLayout,
    views,
    selected,
    onSelected: (id: string | null) => void setSelected(id),
  };
  return layout.group === 'shape' ? <GroupQueue state={state} /> : <FindingQueue state={state} />;
}
