'use client';

import { clsx } from 'clsx';
import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';

type Tab<T extends string> = { value: T; label: string; count?: number | undefined; content: ReactNode };

/** Tabs with an underline; the panel scrolls, the list stays. Give `value` from the URL. */
export function Tabs<T extends string>(props: {
  label: string;
  value: T;
  onChange: (value: T) => void;
  tabs: readonly Tab<T>[];
  className?: string | undefined;
  panelClassName?: string | undefined;
}) {
  return (
    <Radix.Root
      value={props.value}
      onValueChange={(value) => props.onChange(value as T)}
      className={clsx('flex min-h-0 flex-col', props.className)}
    >
      <Radix.List aria-label={props.label} className="flex shrink-0 gap-4 overflow-x-auto border-b px-4">
        {props.tabs.map((tab) => (
          <Radix.Trigger
            key={tab.value}
            value={tab.value}
            className="focus-inset -mb-px flex h-9 items-center gap-1.5 whitespace-nowrap border-b-2 border-transparent text-text-3 hover:text-text-1 data-[state=active]:border-accent data-[state=active]:text-text-1"
          >
            {tab.label}
            {tab.count === undefined ? null : <span className="num text-12 text-text-3">{tab.count}</span>}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {props.tabs.map((tab) => (
        <Radix.Content
          key={tab.value}
          value={tab.value}
          className={clsx('focus-inset min-h-0 flex-1 overflow-auto', props.panelClassName)}
        >
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
