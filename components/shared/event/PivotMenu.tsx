'use client';

import { useRouter } from 'next/navigation';
import { buttonClass } from '@/components/ui/Button';
import { Menu, MenuItem, MenuLabel, MenuRule } from '@/components/ui/Menu';
import type { EventDetail } from '@/lib/contracts/events';
import { fieldIs, withTerm } from '@/lib/query/quote';
import { useCopy } from '../MonoText';
import { eventsHref } from '../query/eventSearch';
import { pivotsOf } from './pivots';

/** A search that is open beside the event, for values to be added to. */
export type OpenSearch = { query: string; onQuery: (query: string) => void };

type PivotMenuProps = {
  event: EventDetail;
  field: string;
  value: string;
  /** Absent: searches are opened on the Events screen. */
  search?: OpenSearch | undefined;
};

/** What can be done with one value: search it anew, add it to or keep it out of the search that is open, copy it. */
export function PivotMenu({ event, field, value, search }: PivotMenuProps) {
  const router = useRouter();
  const copy = useCopy();
  const open = (query: string) =>
    search === undefined ? router.push(eventsHref({ q: query })) : search.onQuery(query);
  return (
    <Menu
      align="end"
      label={`Ways on from ${field}`}
      trigger={
        <button
          type="button"
          aria-label={`Ways on from ${field}`}
          className={`${buttonClass({ variant: 'quiet', size: 'sm' })} min-w-6`}
        >
          ⋯
        </button>
      }
    >
      <MenuLabel>{field}</MenuLabel>
      {pivotsOf(event, field, value).map(({ label, query }) => (
        <MenuItem key={label} onSelect={() => open(query)}>
          {label}
        </MenuItem>
      ))}
      {search === undefined ? null : (
        <>
          <MenuRule />
          <MenuItem onSelect={() => search.onQuery(withTerm(search.query, fieldIs(field, value), 'and'))}>
            And this
          </MenuItem>
          <MenuItem onSelect={() => search.onQuery(withTerm(search.query, fieldIs(field, value), 'and not'))}>
            And not this
          </MenuItem>
        </>
      )}
      <MenuRule />
      <MenuItem onSelect={() => copy(value)}>Copy</MenuItem>
    </Menu>
  );
}
