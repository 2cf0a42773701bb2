import { clsx } from 'clsx';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Kbd } from './Kbd';
import { useKeyName } from './keyNames';

type ButtonLook = {
  /** `primary` at most once per region; `quiet` for rows and toolbars; `danger` for what cannot be undone. */
  variant?: 'default' | 'primary' | 'quiet' | 'danger' | undefined;
  size?: 'sm' | 'md' | undefined;
};

/** The classes of a button, for links and menu triggers that must look like one. */
export function buttonClass({ variant = 'default', size = 'md' }: ButtonLook = {}): string {
  return clsx(
    'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md border',
    'transition-colors duration-150 disabled:opacity-50 aria-disabled:opacity-50',
    size === 'sm' ? 'h-6 px-2 text-12' : 'h-8 px-3 text-13',
    variant === 'default' && 'border-line-strong bg-surface-1 text-text-1 enabled:hover:bg-surface-3',
    variant === 'primary' &&
      'border-accent bg-accent-soft font-medium text-text-1 enabled:hover:bg-surface-3',
    variant === 'quiet' &&
      'border-transparent text-text-2 enabled:hover:bg-surface-2 enabled:hover:text-text-1',
    variant === 'danger' && 'border-danger bg-surface-1 text-danger enabled:hover:bg-surface-3',
  );
}

type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> &
  ButtonLook & {
    /** Keys that do the same, as the analyst would press them: "v t". Shown, and announced as a shortcut. */
    keys?: string | undefined;
    children: ReactNode;
  };

/** A button with an optional key hint. Never submits a form unless asked to. */
export function Button({ variant, size, keys, className, children, type = 'button', ...rest }: ButtonProps) {
  const pressed = useKeyName(keys ?? '');
  return (
    <button
      type={type}
      className={clsx(buttonClass({ variant, size }), className)}
      {...(pressed ? { 'aria-keyshortcuts': pressed } : {})}
      {...rest}
    >
      {children}
      {keys ? <Kbd keys={keys} /> : null}
    </button>
  );
}
