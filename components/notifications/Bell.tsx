'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useRef, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { onDemand } from '@/components/ui/onDemand';
import { unreadQuery } from './queries';
import { bellName, unreadBadge } from './unreadWords';

const BellPanel = onDemand(
  async () => (await import('./BellPanel')).BellPanel,
  (props) => props.onClose(),
);

/** In the top bar: how much is unread, and on a press the newest. The number is told to screen readers when it grows. */
export function Bell() {
  const { data } = useQuery(unreadQuery);
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLSpanElement>(null);
  const id = useId();
  const unread = data?.unread ?? 0;
  const badge = unreadBadge(unread);
  return (
    <span ref={trigger} className="inline-flex">
      <Button
        variant="quiet"
        size="sm"
        aria-label={bellName(unread)}
        aria-haspopup="dialog"
        aria-expanded={open}
        {...(open ? { 'aria-controls': id } : {})}
        onClick={() => setOpen(!open)}
        className="min-w-6"
      >
        <BellGlyph />
        {badge === '' ? null : (
          <span aria-hidden="true" className="num rounded-full bg-accent px-1.5 text-11 text-surface-0">
            {badge}
          </span>
        )}
      </Button>
      <span role="status" className="sr-only">
        {unread > 0 ? bellName(unread) : ''}
      </span>
      {open ? (
        <BellPanel id={id} trigger={trigger} newest={data?.newest ?? null} onClose={() => setOpen(false)} />
      ) : null}
    </span>
  );
}

function BellGlyph() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      className="size-3.5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
    >
      <path
        d="M3.2 11.5h9.6c-1-1.1-1.3-2.4-1.3-4.6a3.5 3.5 0 0 0-7 0c0 2.2-.3 3.5-1.3 4.6Z"
        strokeLinejoin="round"
      />
      <path d="M6.7 13.4c.3.6.8.9 1.3.9s1-.3 1.3-.9" strokeLinecap="round" />
    </svg>
  );
}
