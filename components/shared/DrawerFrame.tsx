'use client';

import type { KeyboardEvent, ReactNode } from 'react';
import { Button } from '@/components/ui/Button';
import { focusOnOpen } from './focusOnOpen';

/** The frame of whatever is open beside the page; laid over it where there is no room. */
export function DrawerFrame(props: {
  title: ReactNode;
  /** What stands below the title: how many, of what. */
  note?: ReactNode;
  onClose: () => void;
  children: ReactNode;
}) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    props.onClose();
  };
  return (
    <aside
      aria-label="Behind the number"
      onKeyDown={onKeyDown}
      className="no-print flex w-[500px] shrink-0 flex-col border-l bg-surface-1 max-xl:fixed max-xl:inset-y-(--bar-height) max-xl:right-0 max-xl:bottom-0 max-xl:z-30 max-xl:w-[min(500px,100vw)] max-xl:shadow-popover"
    >
      <div className="flex items-start gap-3 border-b px-4 py-3">
        <div className="num min-w-0 flex-1">
          <h2 ref={focusOnOpen} tabIndex={-1} className="text-15 outline-none">
            {props.title}
          </h2>
          {props.note}
        </div>
        <Button size="sm" variant="quiet" aria-keyshortcuts="Escape" onClick={props.onClose}>
          Close
        </Button>
      </div>
      <div className="relative min-h-0 flex-1 overflow-y-auto">{props.children}</div>
    </aside>
  );
}
