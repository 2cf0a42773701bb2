'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import { Toggle } from '@/components/ui/Toggle';
import type { EventDetail } from '@/lib/contracts/events';
import { HostileText, MonoText, useCopy } from '../MonoText';
import { ProblemNote } from '../ProblemNote';
import { TimeText } from '../TimeText';
import { formatDuration } from '../timeFormat';
import { KIND_WORDS } from '../timeline/markShape';
import { eventQueryOptions } from './eventQuery';
import { PanelSection } from './PanelSection';
import { prettyJson, rawLines } from './rawRecord';
import { SourcesSection } from './SourcesSection';

/** One event: every field, both clocks, where it stands in the export, and the record as it was exported. */
export function EventPanel({ eventId }: { eventId: string | null }) {
  if (eventId === null) {
    return (
      <p className="px-4 py-6 text-text-2">
        Nothing is selected that has an event of its own. Select a mark in the sequence or a process in the
        lineage.
      </p>
    );
  }
  return <LoadedEvent key={eventId} eventId={eventId} />;
}

function LoadedEvent({ eventId }: { eventId: string }) {
  const query = useQuery(eventQueryOptions(eventId));
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
          safe="The finding itself is intact."
          onRetry={() => void query.refetch()}
        />
      </div>
    );
  }
  return <EventFacts event={query.data} />;
}

function EventFacts({ event }: { event: EventDetail }) {
  const fields = Object.entries(event.fields).sort(([a], [b]) => (a < b ? -1 : 1));
  return (
    <>
      <PanelSection title={`${KIND_WORDS[event.kind]} on ${event.host}`}>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          <dt className="text-text-3">Time used</dt>
          <dd>
            <TimeText at={event.time} date precision="full" zone />{' '}
            <span className="text-text-3">
              {event.clock === 'source' ? "the sensor's clock" : "the log's clock"}
              {movedText(event)}
            </span>
          </dd>
          <dt className="text-text-3">Log says</dt>
          <dd>
            <TimeText at={event.recorded} date precision="full" zone />
          </dd>
          <dt className="text-text-3">Sensor says</dt>
          <dd>
            {event.reported === null ? (
              <span className="text-text-3">nothing</span>
            ) : (
              <TimeText at={event.reported} date precision="full" zone />
            )}
          </dd>
          <dt className="text-text-3">Source</dt>
          <dd>
            <HostileText text={`${event.channel} · ${event.code}`} />
          </dd>
          <dt className="text-text-3">Place</dt>
          <dd>
            <Link className="link" href={`/imports?import=${encodeURIComponent(event.importId)}`}>
              <HostileText text={event.record.file} />
            </Link>
            {` · record ${event.record.index.toLocaleString('en')}`}
            {event.recordId === null ? null : ` · log number ${event.recordId}`}
          </dd>
        </dl>
      </PanelSection>
      {event.sources === null ? null : <SourcesSection sources={event.sources} shown={event.id} />}
      <PanelSection title={`${fields.length} fields`}>
        <dl className="space-y-1.5">
          {fields.map(([name, value]) => (
            <div key={name}>
              <dt className="text-12 text-text-3">{name}</dt>
              <dd>
                <MonoText text={String(value)} max={140} />
              </dd>
            </div>
          ))}
        </dl>
      </PanelSection>
      <RawRecord raw={event.raw} />
    </>
  );
}

/** How far a product's clock was moved to agree with the host's. */
function movedText(event: EventDetail): string {
  if (event.clock !== 'source' || event.reported === null) return '';
  const moved = Date.parse(event.time) - Date.parse(event.reported);
  return moved === 0 ? '' : `, moved by ${formatDuration(moved)} to agree with the host's other sources`;
}

function RawRecord({ raw }: { raw: string }) {
  const copy = useCopy();
  const [pretty, setPretty] = useState(false);
  const indented = prettyJson(raw);
  return (
    <PanelSection
      title="Record as exported"
      aside={
        <span className="flex gap-1.5">
          {indented === null ? null : (
            <Toggle pressed={pretty} onChange={setPretty}>
              Indented
            </Toggle>
          )}
          <Button size="sm" onClick={() => copy(raw, 'Copied the record as exported.')}>
            Copy
          </Button>
        </span>
      }
    >
      <section
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
        tabIndex={0}
        aria-label="Record as exported"
        className="machine focus-inset max-h-[420px] overflow-auto whitespace-pre-wrap rounded-md border bg-surface-0 p-2.5 [overflow-wrap:anywhere]"
      >
        {rawLines(pretty && indented !== null ? indented : raw).map((line) => (
          <div key={line.number}>
            <HostileText text={line.text} />
          </div>
        ))}
      </section>
    </PanelSection>
  );
}
