'use client';

import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';

/** One of a few, side by side: one tab stop, arrow keys move, Enter or Space chooses. */
export function Segmented<T extends string>(props: {
  label: string;
  value: T;
  onChange: (value: T) => void;
  options: readonly { value: T; label: ReactNode; name?: string }[];
}) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={props.label}
      value={props.value}
      onValueChange={(value) => value && props.onChange(value as T)}
      className="inline-flex rounded-md border border-line-strong"
    >
      {props.options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          {...(option.name ? { 'aria-label': option.name } : {})}
          className="h-6 min-w-6 border-r px-2 text-12 text-text-3 first:rounded-l-md last:rounded-r-md last:border-r-0 hover:text-text-1 data-[state=on]:bg-accent-soft data-[state=on]:text-text-1"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
