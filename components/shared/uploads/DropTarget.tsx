'use client';

import { type ReactNode, useRef } from 'react';
import { Button } from '@/components/ui/Button';
import { useUploads } from './Uploads';

/** The visible place to choose files; dropping works on the whole page, so this is mostly its button and its words. */
export function FilePicker({
  label = 'Choose files',
  primary = false,
}: {
  label?: string;
  primary?: boolean;
}) {
  const { start } = useUploads();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        multiple
        aria-label="Files to import"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          start([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <Button variant={primary ? 'primary' : 'default'} onClick={() => input.current?.click()}>
        {label}
      </Button>
    </>
  );
}

/** A dashed frame that says what may be dropped, with the picker for those who do not drag. */
export function DropFrame({ children, actions }: { children: ReactNode; actions?: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-6 gap-y-3 rounded-lg border border-dashed border-line-strong px-4 py-3.5">
      <div className="min-w-56 flex-1">{children}</div>
      <div className="flex flex-wrap gap-2">{actions}</div>
    </div>
  );
}
