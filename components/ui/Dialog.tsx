'use client';

import { clsx } from 'clsx';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { buttonClass } from './Button';

type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** One sentence under the title. */
  description?: ReactNode;
  width?: 'sm' | 'md' | 'lg' | undefined;
  /** `top` keeps the row spoken of visible under a search-like dialog. */
  place?: 'centre' | 'top' | undefined;
  hideTitle?: boolean | undefined;
  children: ReactNode;
  footer?: ReactNode;
  /** Where focus goes on closing; without it, where it was before. */
  returnTo?: (() => HTMLElement | null) | undefined;
};

/** A modal: focus goes to `[data-autofocus]` or the first control, is held, and returns where it was; Esc closes. */
export function Dialog(props: DialogProps) {
  const before = useRef<HTMLElement | null>(null);
  const {
    open,
    onOpenChange,
    title,
    description,
    width = 'md',
    place = 'centre',
    hideTitle,
    children,
    footer,
  } = props;
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="no-print fixed inset-0 z-40 animate-appear bg-surface-0/70" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onOpenAutoFocus={(event) => {
            before.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
            const wanted = (event.currentTarget as HTMLElement).querySelector<HTMLElement>(
              '[data-autofocus]',
            );
            if (!wanted) return;
            event.preventDefault();
            wanted.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            (props.returnTo?.() ?? before.current)?.focus();
          }}
          className={clsx(
            'fixed left-1/2 z-50 flex max-h-[85vh] w-[calc(100vw-24px)] -translate-x-1/2 animate-appear flex-col',
            'rounded-lg border border-line-strong bg-surface-1 shadow-popover focus:outline-none',
            place === 'centre' ? 'top-1/2 -translate-y-1/2' : 'top-[12vh]',
            width === 'sm' && 'max-w-[440px]',
            width === 'md' && 'max-w-[600px]',
            width === 'lg' && 'max-w-[820px]',
          )}
        >
          <div className={clsx(hideTitle ? 'sr-only' : 'flex items-start gap-3 border-b px-5 py-3.5')}>
            <div className="min-w-0 flex-1">
              <Radix.Title className="text-15">{title}</Radix.Title>
              {description ? (
                <Radix.Description className="mt-0.5 text-text-2">{description}</Radix.Description>
              ) : null}
            </div>
            {hideTitle ? null : (
              <Radix.Close
                className={buttonClass({ variant: 'quiet', size: 'sm' })}
                aria-keyshortcuts="Escape"
              >
                Close
              </Radix.Close>
            )}
          </div>
          <div className="min-h-0 flex-1 overflow-auto">{children}</div>
          {footer ? (
            <div className="flex flex-wrap items-center gap-2 border-t px-5 py-3">{footer}</div>
          ) : null}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
