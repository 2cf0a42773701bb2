'use client';

import Link from 'next/link';
import { useState } from 'react';
import { buttonClass } from '@/components/ui/Button';
import type { EventDetail } from '@/lib/contracts/events';
import { HostileText, MonoText } from '../MonoText';
import { eventsHref, lineageHref } from '../query/eventSearch';
import { valueText } from '../query/whatHappened';
import { TimeText } from '../TimeText';
import { formatDuration } from '../timeFormat';
import { KIND_WORDS } from '../timeline/markShape';
import { PanelSection } from './PanelSection';
import { type OpenSearch, PivotMenu } from './PivotMenu';
import { eventPivots } from './pivots';
import { SourcesSection } from './SourcesSection';

/** An event in normalised fields: its clocks and place, ways on, and each value with what it leads to. */
export function FieldsTab({ event, search }: { event: EventDetail; search?: OpenSearch | undefined }) {
  return (
    <>
      <PanelSection
        title={
          <>
            {KIND_WORDS[event.kind]} on <HostileText text={event.host} />
          </>
        }
      >
        <Place event={event} />
        <p className="mt-2.5 flex flex-wrap gap-1.5">
          <Link
            className={buttonClass({ size: 'sm' })}
            href={lineageHref(event.hostId, { eventId: event.id })}
          >
            Lineage at this event
          </Link>
          {eventPivots(event).map(({ label, query, from, to }) => (
            <Link
              key={label}
              className={buttonClass({ size: 'sm' })}
              href={eventsHref({ q: query, from: from ?? null, to: to ?? null })}
            >
              {label}
            </Link>
          ))}
        </p>
      </PanelSection>
      {event.sources === null ? null : <SourcesSection sources={event.sources} shown={event.id} />}
      <Fields event={event} search={search} />
    </>
  );
}

function Fields({ event, search }: { event: EventDetail; search: OpenSearch | undefined }) {
  const fields = Object.entries(event.fields)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => [name, valueText(name, value)] as const);
  return (
    <PanelSection title={`${fields.length} ${fields.length === 1 ? 'field' : 'fields'}`}>
      <dl>
        {fields.map(([name, value]) => (
          <div key={name} className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-x-2 py-0.5">
            <dt className="text-12 text-text-3">{name}</dt>
            <dd className="col-start-1 min-w-0">
              <LongValue text={value} />
            </dd>
            <dd className="col-start-2 row-span-2 row-start-1">
              <PivotMenu event={event} field={name} value={value} search={search} />
            </dd>
          </div>
        ))}
      </dl>
    </PanelSection>
  );
}

const CLIPPED = 4000;

/** A value whole, but for tens of kilobytes: those are shown by a button, and copied whole. */
function LongValue({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  if (text.length <= CLIPPED || whole) return <MonoText text={text} max={whole ? undefined : 140} />;
  return (
    <>
      <MonoText text={text.slice(0, 140)} />
      <button type="button" className="link ml-1 min-h-6 text-12" onClick={() => setWhole(true)}>
        Show all {text.length.toLocaleString('en')} characters
      </button>
    </>
  );
}

function Place({ event }: { event: EventDetail }) {
  return (
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
  );
}

/** How far a product's clock was moved to agree with the host's. */
function movedText(event: EventDetail): string {
  if (event.clock !== 'source' || event.reported === null) return '';
  const moved = Date.parse(event.time) - Date.parse(event.reported);
  return moved === 0 ? '' : `, moved by ${formatDuration(moved)} to agree with the host's other sources`;
}
