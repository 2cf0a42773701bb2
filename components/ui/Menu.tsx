'use client';

import {
  cloneElement,
  type HTMLAttributes,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  type RefAttributes,
  useContext,
  useId,
  useRef,
  useState,
} from 'react';
import {
  type MenuChoicesProps,
  type MenuItemProps,
  type MenuLinkProps,
  type MenuParts,
  MenuPartsContext,
} from './menuParts';
import { onDemand } from './onDemand';

const MenuPanel = onDemand(
  async () => (await import('./MenuPanel')).MenuPanel,
  (props) => props.onClose(),
);

/**
 * A menu under its trigger; the trigger is one element that takes a ref (a `Button`, a `button`), whose press opens
 * it. Opened by key it starts at its first item, by pointer at none; closing gives focus back to the trigger.
 */
export function Menu(props: {
  trigger: ReactElement<HTMLAttributes<HTMLElement> & RefAttributes<HTMLElement>>;
  align?: 'start' | 'end';
  label?: string;
  children: ReactNode;
}) {
  const [openedBy, setOpenedBy] = useState<'key' | 'pointer' | null>(null);
  const trigger = useRef<HTMLElement>(null);
  const id = useId();
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown') return;
    event.preventDefault();
    setOpenedBy('key');
  };
  return (
    <>
      {cloneElement(props.trigger, {
        ref: trigger,
        id: `${id}-trigger`,
        'aria-haspopup': 'menu',
        'aria-expanded': openedBy !== null,
        ...(openedBy ? { 'aria-controls': id } : {}),
        // A press by key, or by what stands for one, has no pointer behind it.
        onClick: (event) => setOpenedBy(openedBy ? null : event.detail === 0 ? 'key' : 'pointer'),
        onKeyDown,
      })}
      {openedBy ? (
        <MenuPanel
          id={id}
          trigger={trigger}
          openedBy={openedBy}
          align={props.align ?? 'start'}
          name={props.label ? { 'aria-label': props.label } : { 'aria-labelledby': `${id}-trigger` }}
          onClose={() => setOpenedBy(null)}
        >
          {props.children}
        </MenuPanel>
      ) : null}
    </>
  );
}

function useMenuParts(): MenuParts {
  const parts = useContext(MenuPartsContext);
  if (!parts) throw new Error('A part of a menu needs a Menu around it');
  return parts;
}

export function MenuItem(props: MenuItemProps) {
  const { Item } = useMenuParts();
  return <Item {...props} />;
}

/** An item that leads to an address; `download`: to a file, and the page stays. */
export function MenuLink(props: MenuLinkProps) {
  const { Link } = useMenuParts();
  return <Link {...props} />;
}

/** One of several, the chosen one marked. */
export function MenuChoices(props: MenuChoicesProps) {
  const { Choices } = useMenuParts();
  return <Choices {...props} />;
}

export function MenuLabel(props: { children: ReactNode }) {
  const { Label } = useMenuParts();
  return <Label {...props} />;
}

export function MenuRule() {
  const { Rule } = useMenuParts();
  return <Rule />;
}
