'use client';

import type { z } from 'zod';
import { HostileText } from '@/components/shared/MonoText';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { TimeText } from '@/components/shared/TimeText';
import { counted } from '@/lib/base/numberWords';
import type { sigmaBaselinePreview } from '@/lib/contracts/sigmaBaselines';
import { hitSubject } from './sigmaWords';

type Preview = {
  data: z.infer<typeof sigmaBaselinePreview> | undefined;
  error: Error | null;
  /** The numbers are of what is drafted now. */
  isOfThis: boolean;
  retry: () => void;
};

const LISTED = 8;

/** What a baseline would cover now; true positives among it loudly, and to be accepted by name. */
export function PreviewNote(props: {
  preview: Preview;
  accepted: boolean;
  onAccept: (may: boolean) => void;
}) {
  const { data, error, isOfThis, retry } = props.preview;
  if (error)
    return <ProblemNote compact error={error} what="What it would cover could not be read" onRetry={retry} />;
  if (!data)
    return (
      <p role="status" className="text-text-3">
        Looking what it would cover…
      </p>
    );
  const loses = data.losesTruePositives;
  return (
    <section aria-label="What it would cover" aria-busy={!isOfThis} className="space-y-2">
      <p role="status" className={isOfThis ? 'num' : 'num text-text-3'}>
        It covers {data.covers.toLocaleString('en')} of {counted(data.of, 'open hit')} of this rule, on{' '}
        {counted(data.hosts, 'host')}.
      </p>
      {loses > 0 && isOfThis ? (
        <div role="alert" className="space-y-1.5 border-l-[3px] border-danger bg-surface-2 px-3 py-2">
          <p className="num font-medium text-danger">
            It would cover {counted(loses, 'hit')} on processes that people called true positives.
          </p>
          <label className="flex min-h-6 items-center gap-2">
            <input
              type="checkbox"
              className="size-4 shrink-0 accent-(--accent)"
              checked={props.accepted}
              onChange={(event) => props.onAccept(event.target.checked)}
            />
            Cover them all the same
          </label>
        </div>
      ) : null}
      {data.examples.length === 0 ? null : (
        <ul
          aria-label="Some of the hits it covers"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
          tabIndex={0}
          className="focus-inset max-h-32 overflow-y-auto border-y text-12"
        >
          {data.examples.slice(0, LISTED).map((hit) => (
            <li key={hit.ref} className="num flex flex-wrap gap-x-3 py-0.5">
              <TimeText at={hit.time} date precision="s" />
              <span className="machine">
                <HostileText text={hit.host.name} />
              </span>
              <span className="min-w-0 flex-1 basis-40 [overflow-wrap:anywhere]">
                <HostileText text={hitSubject(hit)} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
