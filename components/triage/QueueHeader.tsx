'use client';

import { useQuery } from '@tanstack/react-query';
import type { ReactNode, RefObject } from 'react';
import { Chevron, FilterMenu } from '@/components/shared/FilterMenu';
import { type FindingFilters, isFiltered, viewCount } from '@/components/shared/findingFilters';
import { importsQuery } from '@/components/shared/importQueries';
import { Button } from '@/components/ui/Button';
import { Menu, MenuItem, MenuLabel } from '@/components/ui/Menu';
import { Toggle } from '@/components/ui/Toggle';
import type { FindingList } from '@/lib/contracts/findings';
import { TRIAGE_VIEWS, type TriageView } from '@/lib/contracts/triage';
import { CounterLine } from './CounterLine';
import { type Change, QueueFilters, QueueSearch } from './QueueFilters';
import { COLUMN, QUEUE_COLUMNS, type QueueColumn, shownColumns, withColumn } from './queueColumns';
import type { TriageLayout } from './triageUrl';
import { countedView, VIEW_WORD } from './viewWords';

type QueueHeaderProps = {
  filters: FindingFilters;
  layout: TriageLayout;
  onChange: Change;
  onLayout: (change: Partial<TriageLayout>) => void;
  list: FindingList | undefined;
  total: number | undefined;
  /** Whether `total` counts groups. */
  grouped: boolean;
  fresh: number;
  onShowFresh: () => void;
  search: RefObject<HTMLInputElement | null>;
  /** Where the rail has no room: its saved views. */
  saved: ReactNode;
};

/** What this list is, in a sentence; then how it is narrowed. */
export function QueueHeader(props: QueueHeaderProps) {
  const { filters, layout, onChange, onLayout, list, total, fresh } = props;
  const imports = useQuery(importsQuery);
  const nothing =
    list !== undefined && imports.data?.items.length === 0 && list.total === 0 && !isFiltered(filters);
  return (
    <div className="border-b">
      <div className="num flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-1.5">
        <h1 className="text-13 tracking-normal">{headingOf(filters, total, props.grouped)}</h1>
        <CounterLine counts={list?.counts} />
        {fresh > 0 ? (
          <Button size="sm" variant="primary" keys="n" onClick={props.onShowFresh}>
            {fresh.toLocaleString('en')} new
          </Button>
        ) : null}
      </div>
      <search hidden={nothing} className="flex flex-wrap items-center gap-2 px-4 py-2 [&[hidden]]:hidden">
        <div className="flex gap-2 xl:hidden">
          <FilterMenu
            name="View"
            quiet
            shown={VIEW_WORD[filters.view]}
            value={filters.view}
            onChange={(view) => onChange({ view: view as TriageView, verdict: null })}
            choices={TRIAGE_VIEWS.map((view) => ({
              value: view,
              label: VIEW_WORD[view],
              count: list ? viewCount(view, list.counts) : undefined,
            }))}
          />
          {props.saved}
        </div>
        <QueueSearch q={filters.q} onChange={onChange} search={props.search} />
        <QueueFilters filters={filters} onChange={onChange} list={list} />
        <Toggle
          pressed={layout.group === 'shape'}
          onChange={(on) => onLayout({ group: on ? 'shape' : null })}
        >
          Group by shape
        </Toggle>
        {layout.group === null ? (
          <ColumnsMenu chosen={layout.columns} onChange={(columns) => onLayout({ columns })} />
        ) : null}
      </search>
    </div>
  );
}

/** Which columns there are; each in its own place, whatever is chosen. */
function ColumnsMenu(props: {
  chosen: readonly QueueColumn[] | null;
  onChange: (columns: QueueColumn[] | null) => void;
}) {
  const shown = shownColumns(props.chosen);
  return (
    <Menu
      label="Columns"
      align="end"
      trigger={
        <Button size="sm">
          Columns <Chevron />
        </Button>
      }
    >
      <MenuLabel>Columns, as far as there is room</MenuLabel>
      {QUEUE_COLUMNS.map((column) => {
        const on = shown.includes(column);
        return (
          <MenuItem key={column} onSelect={() => props.onChange(withColumn(props.chosen, column))}>
            <span aria-hidden="true" className="inline-block w-4">
              {on ? '✓' : ''}
            </span>
            {COLUMN[column].title}
            <span className="sr-only">{on ? ', shown' : ', hidden'}</span>
          </MenuItem>
        );
      })}
      {props.chosen === null ? null : (
        <MenuItem onSelect={() => props.onChange(null)}>The usual columns</MenuItem>
      )}
    </Menu>
  );
}

/** "37 open findings", "12 findings match", "4 shapes". */
function headingOf(filters: FindingFilters, total: number | undefined, grouped: boolean): string {
  if (total === undefined) return VIEW_WORD[filters.view];
  const number = total.toLocaleString('en');
  if (grouped)
    return `${number} ${total === 1 ? 'shape' : 'shapes'}: ${VIEW_WORD[filters.view].toLowerCase()}`;
  if (isFiltered(filters)) return `${number} ${total === 1 ? 'finding matches' : 'findings match'}`;
  return countedView(filters.view, total);
}
