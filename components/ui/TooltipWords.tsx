'use client';

import { Tooltip } from 'radix-ui';
import type { ReactNode, RefObject } from 'react';
import { TriggerOnPage } from './TriggerOnPage';

/** The words of a tooltip, beside what they are about: mounted is shown. */
export function TooltipWords(props: {
  id: string;
  anchor: RefObject<HTMLElement | null>;
  side: 'top' | 'right' | 'bottom' | 'left';
  text: ReactNode;
  onClose: () => void;
}) {
  return (
    <Tooltip.Provider>
      <Tooltip.Root open onOpenChange={(open) => open || props.onClose()}>
        <Tooltip.Trigger asChild>
          <TriggerOnPage element={props.anchor} />
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content
            id={props.id}
            side={props.side}
            sideOffset={6}
            collisionPadding={8}
            className="z-50 max-w-80 animate-appear rounded-md border border-line-strong bg-surface-1 px-2 py-1 text-12 text-text-1 shadow-popover"
          >
            {props.text}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  );
}
