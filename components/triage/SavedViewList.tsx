'use client';

import { clsx } from 'clsx';
import type { FindingFilters } from '@/components/shared/findingFilters';
import { triageHref } from '@/components/shared/findingFilters';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText } from '@/components/shared/MonoText';
import { PersonName } from '@/components/shared/people';
import { Button } from '@/components/ui/Button';
import { Menu, MenuItem, MenuLabel, MenuRule } from '@/components/ui/Menu';
import type { SavedView } from '@/lib/contracts/triage';
import { openedView } from './triageUrl';
import type { SavedViewsState } from './useSavedViews';

/** Saved views in the rail, with how many findings each shows. */
export function SavedViewList({ views }: { views: SavedViewsState }) {
  return (
    <>
      <Group title="Saved by you" items={views.own} views={views} />
      <Group title="Shared by others" items={views.others} views={views} />
      {views.error ? <p className="px-2 pt-3 text-12 text-text-3">Saved views could not be read.</p> : null}
      {views.may ? (
        <div className="px-1 pt-2">
          <Button size="sm" variant="quiet" onClick={() => views.askForName()}>
            Save this view…
          </Button>
        </div>
      ) : null}
    </>
  );
}

function Group(props: { title: string; items: readonly SavedView[]; views: SavedViewsState }) {
  if (props.items.length === 0) return null;
  return (
    <section>
      <h2 className="label px-2 pb-1 pt-4">{props.title}</h2>
      <ul>
        {props.items.map((view) => (
          <Line key={view.id} view={view} views={props.views} />
        ))}
      </ul>
    </section>
  );
}

function Line({ view, views }: { view: SavedView; views: SavedViewsState }) {
  const open = views.open?.id === view.id;
  const mine = views.isMine(view);
  return (
    <li>
      <div
        className={clsx(
          'flex h-7 items-center rounded-md',
          open ? 'bg-surface-2 text-text-1' : 'text-text-2',
        )}
      >
        <a
          href={`${triageHref(filtersOf(view))}`}
          aria-current={open ? 'true' : undefined}
          title={`${hostilePlain(view.name)}${view.shared ? ', shared' : ''}`}
          className="focus-inset flex h-7 min-w-0 flex-1 items-center gap-1 px-2 hover:text-text-1"
          onClick={(event) => {
            if (event.ctrlKey || event.metaKey || event.shiftKey) return;
            event.preventDefault();
            views.openView(view);
          }}
        >
          <span className="min-w-0 flex-1 truncate">
            <HostileText text={view.name} />
            {mine && view.shared ? <span className="text-11 text-text-3"> shared</span> : null}
          </span>
          <span className="num text-12">{view.count.toLocaleString('en')}</span>
        </a>
        <Menu
          align="end"
          label={`${hostilePlain(view.name)}: what to do`}
          trigger={
            <button
              type="button"
              aria-label={`${hostilePlain(view.name)}: what to do`}
              className="focus-inset h-6 w-6 shrink-0 rounded-sm text-text-3 hover:bg-surface-3 hover:text-text-1"
            >
              ⋯
            </button>
          }
        >
          <MenuItem onSelect={() => views.openView(view)}>Open</MenuItem>
          {mine && views.may ? (
            <>
              <MenuItem onSelect={() => views.askForName(view)}>Rename…</MenuItem>
              <MenuItem onSelect={() => views.share(view)}>
                {view.shared ? 'Keep it to yourself' : 'Share with everybody'}
              </MenuItem>
              <MenuRule />
              <MenuItem onSelect={() => views.remove(view)}>Delete</MenuItem>
            </>
          ) : (
            <MenuLabel>
              Saved by <PersonName handle={view.by} />
            </MenuLabel>
          )}
        </Menu>
      </div>
      {open && views.changed ? (
        <p className="flex flex-wrap items-center gap-x-1 px-2 text-12 text-text-3">
          <span className="flex-1">Changed</span>
          {mine && views.may ? (
            <Button size="sm" variant="quiet" onClick={views.keepChange}>
              Save
            </Button>
          ) : null}
          <Button size="sm" variant="quiet" onClick={() => views.openView(view)}>
            Put back
          </Button>
        </p>
      ) : null}
    </li>
  );
}

/** For an address to be opened beside: the filters; the layout comes by the press. */
function filtersOf(view: SavedView): FindingFilters {
  const { columns: _columns, group: _group, ...filters } = openedView(view.search);
  return filters;
}
