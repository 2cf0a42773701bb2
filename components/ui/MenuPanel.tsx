'use client';

import { clsx } from 'clsx';
import { DropdownMenu } from 'radix-ui';
import { createContext, type ReactNode, type RefObject, useContext, useLayoutEffect, useRef } from 'react';
import { Kbd } from './Kbd';
import {
  type MenuChoicesProps,
  type MenuItemProps,
  type MenuLinkProps,
  type MenuParts,
  MenuPartsContext,
} from './menuParts';
import { TriggerOnPage } from './TriggerOnPage';

type MenuPanelProps = {
  id: string;
  trigger: RefObject<HTMLElement | null>;
  openedBy: 'key' | 'pointer';
  align: 'start' | 'end';
  name: { 'aria-label': string } | { 'aria-labelledby': string };
  onClose: () => void;
  children: ReactNode;
};

/** What a menu shows while it is open: mounted is open. */
export function MenuPanel(props: MenuPanelProps) {
  const { id, trigger, openedBy, align, name, onClose, children } = props;
  const left = useRef(false);
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => open || onClose()}>
      <DropdownMenu.Trigger asChild>
        <TriggerOnPage element={trigger} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          id={id}
          aria-labelledby={undefined}
          {...name}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          onInteractOutside={(event) => {
            // A press on the trigger closes by itself; closed here already, it would open again.
            if (event.target instanceof Node && trigger.current?.contains(event.target))
              event.preventDefault();
            else left.current = true;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // Not from where the analyst went, nor from what was chosen when that took focus, as a dialog does.
            if (!left.current && document.activeElement === document.body)
              trigger.current?.focus({ preventScroll: true });
          }}
          className="z-50 max-h-[60vh] min-w-44 animate-appear overflow-auto rounded-md border border-line-strong bg-surface-1 p-1 shadow-popover"
        >
          <TriggerContext value={trigger}>
            <MenuPartsContext value={PARTS}>{children}</MenuPartsContext>
          </TriggerContext>
          {openedBy === 'key' ? <StartAtFirst menu={id} /> : null}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** Radix starts at the first item when it saw the key that opened; that key was pressed before its code was here. */
function StartAtFirst({ menu }: { menu: string }) {
  useLayoutEffect(() => {
    const first = document
      .getElementById(menu)
      ?.querySelector<HTMLElement>('[role^=menuitem]:not([data-disabled])');
    first?.focus({ preventScroll: true });
  }, [menu]);
  return null;
}

const TriggerContext = createContext<RefObject<HTMLElement | null>>({ current: null });

/** Gives focus back before what was chosen is done, so that a dialog it opens knows where to return it. */
function useChoose(): (run: () => void) => void {
  const trigger = useContext(TriggerContext);
  return (run) => {
    trigger.current?.focus({ preventScroll: true });
    run();
  };
}

const ITEM =
  'flex min-h-7 cursor-default items-center gap-2 rounded-sm px-2 py-1 outline-none data-[highlighted]:bg-accent-soft data-[disabled]:text-text-3 forced-colors:data-[highlighted]:outline-solid';

function Item(props: MenuItemProps) {
  const choose = useChoose();
  return (
    <DropdownMenu.Item
      className={ITEM}
      onSelect={() => choose(props.onSelect)}
      {...(props.disabled ? { disabled: true } : {})}
      {...(props.keys ? { 'aria-keyshortcuts': props.keys } : {})}
    >
      <span className="min-w-0 flex-1">{props.children}</span>
      {props.keys ? <Kbd keys={props.keys} /> : null}
    </DropdownMenu.Item>
  );
}

function Link(props: MenuLinkProps) {
  return (
    <DropdownMenu.Item asChild className={ITEM}>
      <a href={props.href} download={props.download}>
        {props.children}
      </a>
    </DropdownMenu.Item>
  );
}

function Choices(props: MenuChoicesProps) {
  const choose = useChoose();
  return (
    <DropdownMenu.RadioGroup
      value={props.value}
      onValueChange={(value) => choose(() => props.onChange(value))}
    >
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

function Label({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="label px-2 pb-0.5 pt-1.5">{children}</DropdownMenu.Label>;
}

function Rule() {
  return <DropdownMenu.Separator className="-mx-1 my-1 h-px bg-line" />;
}

const PARTS: MenuParts = { Item, Link, Choices, Label, Rule };
