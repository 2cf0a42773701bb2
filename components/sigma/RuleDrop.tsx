'use client';

import { clsx } from 'clsx';
import { type ReactNode, useRef } from 'react';
import { Button } from '@/components/ui/Button';
import { type PickedFile, pickedOf } from './ruleFiles';

/** Where a folder, files or a ZIP of rules are chosen; what is dropped, the dialog takes wherever it falls. */
export function RuleDrop(props: {
  /** Something is held over the dialog. */
  over: boolean;
  /** What was dropped could not be read. */
  failed: boolean;
  onPicked: (picked: PickedFile[]) => void;
  children: ReactNode;
}) {
  const { over, failed, onPicked } = props;
  const folder = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const choose = (input: HTMLInputElement) => {
    const picked = pickedOf(input.files ?? []);
    input.value = '';
    if (picked.length > 0) onPicked(picked);
  };
  return (
    <div
      className={clsx(
        'flex flex-wrap items-center gap-x-6 gap-y-3 rounded-lg border border-dashed px-4 py-3.5',
        over ? 'border-accent bg-accent-soft' : 'border-line-strong',
      )}
    >
      <div className="min-w-56 flex-1">
        {props.children}
        {failed ? (
          <p role="alert" className="text-danger">
            Something in it could not be read. Choose it with a button instead.
          </p>
        ) : null}
      </div>
      <input
        ref={folder}
        type="file"
        // Not in React's types: the browser asks for a folder and gives all that is in it.
        {...{ webkitdirectory: '' }}
        aria-label="Folder of rules"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => choose(event.target)}
      />
      <input
        ref={files}
        type="file"
        multiple
        accept=".yml,.yaml,.zip"
        aria-label="Files of rules"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => choose(event.target)}
      />
      <div className="flex flex-wrap gap-2">
        <Button data-autofocus onClick={() => folder.current?.click()}>
          Choose a folder
        </Button>
        <Button onClick={() => files.current?.click()}>Choose files or a ZIP</Button>
      </div>
    </div>
  );
}
