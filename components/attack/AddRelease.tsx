'use client';

import { useRef } from 'react';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { Button } from '@/components/ui/Button';
import { ProgressBar } from '@/components/ui/ProgressBar';
import { useAddRelease } from './attackQueries';
import { releaseTitle } from './attackWords';

/** Chooses the file of a release and sends it; what became of it stands where it was chosen. */
export function AddRelease() {
  const input = useRef<HTMLInputElement>(null);
  const { add, sent, cancel } = useAddRelease();
  const cancelled = add.error instanceof DOMException;
  return (
    <div className="w-80 max-w-full space-y-2">
      <input
        ref={input}
        type="file"
        accept="application/json,.json,.gz,application/gzip"
        aria-label="File of a release of ATT&CK"
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) add.mutate(file);
        }}
      />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <Button disabled={add.isPending} onClick={() => input.current?.click()}>
          Bring a release
        </Button>
        {add.isPending ? (
          <Button variant="quiet" onClick={cancel}>
            Cancel
          </Button>
        ) : null}
      </div>
      {add.isPending ? <Sending sent={sent} /> : null}
      <p role="status" className="text-right text-12 text-text-2">
        {add.data === undefined ? null : `${releaseTitle(add.data)} is here.`}
        {cancelled ? 'Cancelled; nothing was kept.' : null}
      </p>
      {add.error === null || cancelled ? null : (
        <ProblemNote
          compact
          error={add.error}
          what="The release was not taken in"
          safe="Nothing of it was kept; what was here is as before."
        />
      )}
    </div>
  );
}

function Sending({ sent }: { sent: number }) {
  const arrived = sent >= 1;
  return (
    <div>
      <ProgressBar
        aria-label="Sending the release"
        max={1}
        {...(arrived ? {} : { value: sent })}
        className="h-1.5 w-full"
      />
      <p className="num mt-0.5 text-right text-12 text-text-3">
        {arrived ? 'Reading it…' : `${Math.floor(sent * 100)} % sent`}
      </p>
    </div>
  );
}
