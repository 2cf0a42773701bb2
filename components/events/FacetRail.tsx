'use client';

import { clsx } from 'clsx';
import type { MouseEvent } from 'react';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { KIND_WORDS } from '@/components/shared/timeline/markShape';
import { Skeleton, SkeletonRegion } from '@/components/ui/Skeleton';
import type { EventSummary } from '@/lib/contracts/events';
import { FACET_CHOICES } from './eventChoices';

export type FacetMode = 'and' | 'and not';

type FacetRailProps = {
  /** Fields in order. */
  facets: readonly string[];
  /** Undefined while it is counted. */
  summary: EventSummary | undefined;
  /** What is shown is of the search before. */
  stale: boolean;
  /** Why nothing was counted, as a sentence; null while it is or was. */
  uncounted: string | null;
  onTerm: (field: string, value: string, mode: FacetMode) => void;
  onChange: (facets: readonly string[]) => void;
};

/** The values of some fields with how many events have each: one click searches them, another keeps them out. */
export function FacetRail(props: FacetRailProps) {
  return (
    <aside aria-label="Facets" className="w-56 shrink-0 overflow-y-auto border-r max-lg:hidden">
      <FacetList {...props} />
    </aside>
  );
}

/** The same where there is no room beside the list. */
export function FacetList({ facets, summary, stale, uncounted, onTerm, onChange }: FacetRailProps) {
  if (uncounted !== null) return <p className="px-3.5 py-2 text-12 text-text-3">{uncounted}</p>;
  return (
    <>
      <div className={clsx(stale && 'opacity-60')}>
        {facets.map((field) => {
          const facet = summary?.facets.find((each) => each.field === field);
          return (
            <Facet
              key={field}
              field={field}
              facet={facet}
              // One that was just added was not counted by the search before.
              counting={summary === undefined || (stale && facet === undefined)}
              onTerm={onTerm}
              onRemove={() => onChange(facets.filter((each) => each !== field))}
            />
          );
        })}
      </div>
      <AddFacet facets={facets} onAdd={(field) => onChange([...facets, field])} />
    </>
  );
}

type FacetProps = {
  field: string;
  facet: EventSummary['facets'][number] | undefined;
  counting: boolean;
  onTerm: FacetRailProps['onTerm'];
  onRemove: () => void;
};

function Facet({ field, facet, counting, onTerm, onRemove }: FacetProps) {
  return (
    <section aria-label={field} className="border-b px-2 py-1.5">
      <div className="flex items-center gap-1 pl-1.5">
        <h2 className="label min-w-0 flex-1 truncate" title={field}>
          {field}
        </h2>
        <button
          type="button"
          aria-label={`Remove the facet ${field}`}
          onClick={onRemove}
          className="size-6 shrink-0 rounded-sm text-text-3 hover:bg-surface-2 hover:text-text-1"
        >
          ×
        </button>
      </div>
      {counting ? (
        <SkeletonRegion label={`Counting ${field}`} className="space-y-2 px-1.5 py-1">
          {[70, 50, 60].map((width) => (
            <Skeleton key={width} style={{ width: `${width}%` }} />
          ))}
        </SkeletonRegion>
      ) : facet === undefined || facet.values.length === 0 ? (
        <p className="px-1.5 py-0.5 text-12 text-text-3">No event has it.</p>
      ) : (
        <>
          <ul>
            {facet.values.map(({ value, count }) => (
              <FacetValue key={value} field={field} value={value} count={count} onTerm={onTerm} />
            ))}
          </ul>
          {facet.distinct > facet.values.length ? (
            <p className="num px-1.5 py-0.5 text-11 text-text-3">
              {facet.values.length} of {facet.distinct.toLocaleString('en')} values
            </p>
          ) : null}
        </>
      )}
    </section>
  );
}

function FacetValue(props: {
  field: string;
  value: string;
  count: number;
  onTerm: FacetRailProps['onTerm'];
}) {
  const { field, value, count, onTerm } = props;
  const shown = field === 'event.kind' ? (KIND_WORDS[value as keyof typeof KIND_WORDS] ?? value) : value;
  const plain = hostilePlain(shown);
  return (
    <li className="group flex items-center gap-1 rounded-sm hover:bg-surface-2 focus-within:bg-surface-2">
      <button
        type="button"
        title={`${plain}: click to search these only, Alt and click to keep them out`}
        aria-label={`Only ${plain}, ${count.toLocaleString('en')} events`}
        onClick={(event: MouseEvent) => onTerm(field, value, event.altKey ? 'and not' : 'and')}
        className="focus-inset flex min-h-6 min-w-0 flex-1 items-center gap-2 px-1.5 text-left"
      >
        <span className={clsx('min-w-0 flex-1 truncate', field === 'event.kind' ? 'text-12' : 'machine')}>
          <HostileText text={shown === '' ? '(empty)' : shown} />
        </span>
        <span className="num text-12 text-text-3">{count.toLocaleString('en')}</span>
      </button>
      <button
        type="button"
        aria-label={`Not ${plain}`}
        onClick={() => onTerm(field, value, 'and not')}
        className="focus-inset min-h-6 min-w-6 shrink-0 rounded-sm px-1 text-11 text-text-3 hover:text-text-1"
      >
        not
      </button>
    </li>
  );
}

function AddFacet({ facets, onAdd }: { facets: readonly string[]; onAdd: (field: string) => void }) {
  const free = FACET_CHOICES.filter((field) => !facets.includes(field));
  return (
    <label className="block px-2 py-2">
      <span className="sr-only">Add a facet</span>
      <select
        value=""
        onChange={(event) => event.target.value !== '' && onAdd(event.target.value)}
        className="h-6 w-full rounded-md border border-line-strong bg-surface-0 px-1 text-12 text-text-2"
      >
        <option value="">Add a facet…</option>
        {free.map((field) => (
          <option key={field} value={field}>
            {field}
          </option>
        ))}
      </select>
    </label>
  );
}
