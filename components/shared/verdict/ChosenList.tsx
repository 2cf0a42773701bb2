import { HostileText } from '../MonoText';
import type { VerdictSubject } from './judge';
import { VERDICT_WORD } from './verdictWords';

/** As many as are listed; more are decided on all the same, and the list says so. */
const LISTED = 100;

/** Which of several get the verdict: those that differ first, each to be left out or taken in. */
export function ChosenList(props: {
  subjects: readonly VerdictSubject[];
  /** What sets some of them apart. */
  apart: ReadonlyMap<string, string>;
  left: ReadonlySet<string>;
  onChange: (left: ReadonlySet<string>) => void;
}) {
  const { subjects, apart, left, onChange } = props;
  const ordered = [
    ...subjects.filter(({ id }) => apart.has(id)),
    ...subjects.filter(({ id }) => !apart.has(id)),
  ];
  const toggle = (id: string) => {
    const next = new Set(left);
    if (!next.delete(id)) next.add(id);
    onChange(next);
  };
  return (
    <fieldset className="min-w-0 rounded-md border">
      <legend className="label ml-2 px-1">
        {left.size === 0 ? 'All of these' : `${left.size} left out`}
      </legend>
      <ul
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        tabIndex={0}
        aria-label="What gets the verdict"
        className="focus-inset max-h-44 overflow-y-auto px-2 pb-1"
      >
        {ordered.slice(0, LISTED).map((subject) => (
          <li key={subject.id} className="border-b last:border-b-0">
            <label className="flex min-h-7 items-center gap-2">
              <input
                type="checkbox"
                checked={!left.has(subject.id)}
                onChange={() => toggle(subject.id)}
                className="size-3.5 shrink-0 accent-(--accent)"
              />
              <span className="machine w-32 shrink-0 truncate">
                <HostileText text={subject.host} />
              </span>
              <span className="min-w-0 flex-1 truncate text-12 text-text-2">
                <HostileText text={apart.get(subject.id) ?? subject.headline} />
              </span>
              {subject.verdict === null ? null : (
                <span className="text-12 text-text-3">{VERDICT_WORD[subject.verdict.value]}</span>
              )}
            </label>
          </li>
        ))}
        {ordered.length > LISTED ? (
          <li className="py-1 text-12 text-text-3">
            and {(ordered.length - LISTED).toLocaleString('en')} more, which get it too
          </li>
        ) : null}
      </ul>
    </fieldset>
  );
}
