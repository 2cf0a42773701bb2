'use client';

import { clsx } from 'clsx';
import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { Kbd } from './Kbd';

/** A menu under its trigger; the trigger is one element that takes a ref (a `Button`, a `button`). */
export function Menu(props: {
  trigger: ReactNode;
  align?: 'start' | 'end';
  label?: string;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{props.trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={props.align ?? 'start'}
          sideOffset={6}
          collisionPadding={8}
          {...(props.label ? { 'aria-label': props.label } : {})}
          className="z-50 max-h-[60vh] min-w-44 animate-appear overflow-auto rounded-md border border-line-strong bg-surface-1 p-1 shadow-popover"
        >
          {props.children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const ITEM =
  'flex min-h-7 cursor-default items-center gap-2 rounded-sm px-2 py-1 outline-none data-[highlighted]:bg-accent-soft data-[disabled]:text-text-3';

export function MenuItem(props: {
  onSelect: () => void;
  keys?: string;
  disabled?: boolean;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.Item
      className={ITEM}
      onSelect={props.onSelect}
      {...(props.disabled ? { disabled: true } : {})}
      {...(props.keys ? { 'aria-keyshortcuts': props.keys } : {})}
    >
      <span className="min-w-0 flex-1">{props.children}</span>
      {props.keys ? <Kbd keys={props.keys} /> : null}
    </DropdownMenu.Item>
  );
}

type Choice = { value: string; label: ReactNode; count?: number | undefined };

/** One of several, the chosen one marked. */
export function MenuChoices(props: {
  value: string;
  onChange: (value: string) => void;
  choices: readonly Choice[];
}) {
  return (
    <DropdownMenu.RadioGroup value={props.value} onValueChange={props.onChange}>
      {props.choices.map((choice) => (
        <DropdownMenu.RadioItem key={choice.value} value={choice.value} className={clsx(ITEM, 'group')}>
          <span
            aria-hidden="true"
            className="size-1.5 shrink-0 rounded-full bg-accent opacity-0 group-data-[state=checked]:opacity-100"
          />
          <span className="min-w-0 flex-1 truncate">{choice.label}</span>
          {choice.count === undefined ? null : (
            <span className="num pl-4 text-text-3">{choice.count.toLocaleString('en')}</span>
          )}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="label px-2 pb-0.5 pt-1.5">{children}</DropdownMenu.Label>;
}

export function MenuRule() {
  return <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />;
}
