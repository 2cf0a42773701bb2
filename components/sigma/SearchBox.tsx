import type { RefObject } from 'react';

/** The search of a list, reached by `/`. */
export function SearchBox(props: {
  label: string;
  placeholder: string;
  value: string | null;
  onChange: (q: string | null) => void;
  search: RefObject<HTMLInputElement | null>;
}) {
  return (
    <input
      ref={props.search}
      type="search"
      aria-label={props.label}
      aria-keyshortcuts="/"
      placeholder={`${props.placeholder}   /`}
      spellCheck={false}
      maxLength={200}
      value={props.value ?? ''}
      onChange={(event) => props.onChange(event.target.value || null)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Enter') event.currentTarget.blur();
      }}
      className="h-6 min-w-40 flex-1 rounded-md border border-line-strong bg-surface-0 px-2 text-12 placeholder:text-text-3"
    />
  );
}
