'use client';

import { Chevron } from '@/components/shared/FilterMenu';
import { HostileText } from '@/components/shared/MonoText';
import { Button } from '@/components/ui/Button';
import { Menu, MenuItem, MenuLabel } from '@/components/ui/Menu';
import type { SavedViewsState } from './useSavedViews';

/** Saved views where there is no rail. */
export function SavedViewsMenu({ views }: { views: SavedViewsState }) {
  const groups = [
    { title: 'Saved by you', items: views.own },
    { title: 'Shared by others', items: views.others },
  ].filter(({ items }) => items.length > 0);
  return (
    <Menu
      label="Saved views"
      trigger={
        <Button size="sm">
          {views.open ? (
            <span className="max-w-32 truncate">
              <HostileText text={views.open.name} />
              {views.changed ? ', changed' : null}
            </span>
          ) : (
            'Saved'
          )}{' '}
          <Chevron />
        </Button>
      }
    >
      {groups.map(({ title, items }) => (
        <div key={title}>
          <MenuLabel>{title}</MenuLabel>
          {items.map((view) => (
            <MenuItem key={view.id} onSelect={() => views.openView(view)}>
              <span className="flex gap-3">
                <span className="min-w-0 flex-1 truncate">
                  <HostileText text={view.name} />
                </span>
                <span className="num text-text-3">{view.count.toLocaleString('en')}</span>
              </span>
            </MenuItem>
          ))}
        </div>
      ))}
      {groups.length === 0 ? <MenuLabel>No view is saved</MenuLabel> : null}
      {views.changed && views.may && views.open && views.isMine(views.open) ? (
        <MenuItem onSelect={views.keepChange}>Save the change</MenuItem>
      ) : null}
      {views.may ? <MenuItem onSelect={() => views.askForName()}>Save this view…</MenuItem> : null}
    </Menu>
  );
}
