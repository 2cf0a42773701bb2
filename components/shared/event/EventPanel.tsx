'use client';

import { useQuery } from '@tanstack/react-query';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { Segmented } from '@/components/ui/Toggle';
import type { SigmaHitView } from '@/lib/contracts/sigmaHits';
import { ProblemNote } from '../ProblemNote';
import { createPreference } from '../preference';
import { type HitSubject, SigmaHits } from '../sigma/SigmaHits';
import { AnnotationsSection } from './AnnotationsSection';
import { eventQueryOptions } from './eventQuery';
import { FieldsTab } from './FieldsTab';
import type { OpenSearch } from './PivotMenu';
import { RecordTab } from './RecordTab';

const FACES = [
  { value: 'fields', label: 'Fields' },
  { value: 'record', label: 'Record' },
] as const;
const facePreference = createPreference('event.face', ['fields', 'record'], 'fields');

type EventPanelProps = {
  eventId: string | null;
  /** The search that is open beside it, for values to be added to. */
  search?: OpenSearch | undefined;
  /** Hits of Sigma on what is selected, worst first, where the screen knows them; and what it is. */
  hits?: readonly SigmaHitView[] | undefined;
  hitsOn?: HitSubject | undefined;
};

/** One event: its fields with what each leads to, or the record as exported; and what analysts said of it. */
export function EventPanel({ eventId, search, hits = [], hitsOn = 'event' }: EventPanelProps) {
  return (
    <>
      <SigmaHits hits={hits} on={hitsOn} />
      {eventId === null && hitsOn === 'record' ? (
        <p className="px-4 py-6 text-text-2">
          The record is of a kind that no analytic uses and was not kept as an event. It stands in its import
          as it was sent.
        </p>
      ) : (
        <OneEvent eventId={eventId} search={search} />
      )}
    </>
  );
}

function OneEvent({ eventId, search }: Pick<EventPanelProps, 'eventId' | 'search'>) {
  if (eventId === null) {
    return (
      <p className="px-4 py-6 text-text-2">
        Nothing is selected that has an event of its own. Select a mark in the sequence or a process in the
        lineage.
      </p>
    );
  }
  return <LoadedEvent key={eventId} eventId={eventId} search={search} />;
}

function LoadedEvent({ eventId, search }: { eventId: string; search: OpenSearch | undefined }) {
  const query = useQuery(eventQueryOptions(eventId));
  const face = facePreference.use();
  if (query.isPending) {
    return (
      <SkeletonRegion label="Reading the event" className="space-y-2.5 px-4 py-4">
        {[70, 45, 88, 60, 76, 40, 66].map((width) => (
          <Skeleton key={width} style={{ width: `${width}%` }} />
        ))}
      </SkeletonRegion>
    );
  }
  if (query.isError) {
    return (
      <div className="p-4">
        <ProblemNote
          compact
          error={query.error}
          what="The event could not be read"
          safe="What is stored is not affected."
          onRetry={() => void query.refetch()}
        />
      </div>
    );
  }
  return (
    <>
      <div className="border-b px-4 py-2">
        <Segmented label="Event as" value={face} onChange={facePreference.set} options={FACES} />
      </div>
      {face === 'fields' ? (
        <FieldsTab event={query.data} search={search} />
      ) : (
        <RecordTab raw={query.data.raw} />
      )}
      <AnnotationsSection eventId={eventId} />
    </>
  );
}
