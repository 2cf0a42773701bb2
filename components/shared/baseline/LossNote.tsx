'use client';

import type { BaselineLoses } from '@/lib/contracts/analytics';
import { HostileText } from '../MonoText';
import { HiddenList } from './HiddenList';
import { lossText } from './proposalWords';

const LISTED = 40;

/** What a baseline takes from sight and must not, loudly and by name; nothing where it loses nothing. */
export function LossNote({ loses, quiet }: { loses: BaselineLoses | null | undefined; quiet?: boolean }) {
  const text = lossText(loses);
  if (text === null || !loses) return null;
  const { attacks } = loses;
  return (
    <div
      role={quiet ? undefined : 'alert'}
      className="space-y-2 border-l-[3px] border-danger bg-surface-2 px-3 py-2"
    >
      <p className="font-medium text-danger">It would hide {text}.</p>
      <p className="text-text-2">
        Narrow it. Saved as it is, it does nothing until a second person has looked at this and approved it.
      </p>
      <HiddenList label="True positives" items={loses.truePositives} total={loses.truePositivesTotal} />
      {attacks.length === 0 ? null : (
        <section aria-label="Recorded attacks">
          <h3 className="label num">
            Recorded attacks · {attacks.length > LISTED ? `${LISTED} of ${attacks.length}` : attacks.length}{' '}
            of {loses.attacksTried} replayed
          </h3>
          <ul
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
            tabIndex={0}
            className="focus-inset max-h-32 overflow-y-auto border-y text-12"
          >
            {attacks.slice(0, LISTED).map(({ recording, title }) => (
              <li key={recording} className="flex flex-wrap gap-x-3 py-0.5">
                <span className="min-w-0 flex-1 basis-60">
                  <HostileText text={title} />
                </span>
                <span className="machine text-text-3">{recording}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}
