'use client';

import { clsx } from 'clsx';
import { Switch as RadixSwitch, ToggleGroup } from 'radix-ui';
import { type ReactNode, useId } from 'react';

/** One of a few, side by side. */
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

/** Pressed or not: a filter, a layer. */
export function Toggle(props: {
  pressed: boolean;
  onChange: (pressed: boolean) => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-pressed={props.pressed}
      onClick={() => props.onChange(!props.pressed)}
      className={clsx(
        'inline-flex h-6 items-center gap-1.5 whitespace-nowrap rounded-md border px-2 text-12 transition-colors duration-150',
        props.pressed
          ? 'border-accent bg-accent-soft text-text-1'
          : 'border-line-strong text-text-2 hover:bg-surface-2 hover:text-text-1',
      )}
    >
      {props.children}
    </button>
  );
}

/** On or off, at once, with its label. */
export function Switch(props: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: string;
  hint?: string;
}) {
  const id = useId();
  return (
    <div className="flex items-start gap-3">
      <RadixSwitch.Root
        id={id}
        checked={props.checked}
        onCheckedChange={props.onChange}
        className="h-6 w-10 shrink-0 rounded-full border border-line-strong bg-surface-2 p-0.5 transition-colors duration-150 data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft"
      >
        <RadixSwitch.Thumb className="block size-4.5 rounded-full bg-text-3 transition-transform duration-150 data-[state=checked]:translate-x-4 data-[state=checked]:bg-accent" />
      </RadixSwitch.Root>
      <label htmlFor={id} className="pt-0.5">
        {props.label}
        {props.hint ? <span className="block text-text-3">{props.hint}</span> : null}
      </label>
    </div>
  );
}
