'use client';

import { type ComponentType, type RefObject, useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { QueryLineProps } from './queryLineProps';

/**
 * The line a query is typed in: a plain field at once, an editor with completion as soon as it has come. It is not
 * `next/dynamic`, whose stand-in could not take the text; and when the editor does not come, the field stays.
 */
export function QueryLine(props: QueryLineProps) {
  const [Editor, setEditor] = useState<ComponentType<QueryLineProps & { focusAtOnce: boolean }> | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const hadFocus = useRef(false);
  useEffect(() => {
    let here = true;
    import('./QueryEditorBody').then(
      (loaded) => {
        if (!here) return;
        hadFocus.current = document.activeElement === field.current;
        // At once, focus included: a key pressed between the field and the editor would act on the page.
        flushSync(() => setEditor(() => loaded.QueryEditorBody));
      },
      () => {
        // Not reached: the plain field does all but complete.
      },
    );
    return () => {
      here = false;
    };
  }, []);
  if (Editor !== null) return <Editor {...props} focusAtOnce={hadFocus.current} />;
  return <PlainLine {...props} field={field} />;
}

function PlainLine(props: QueryLineProps & { field: RefObject<HTMLInputElement | null> }) {
  const { field, focuser } = props;
  useEffect(() => {
    focuser.current = () => {
      field.current?.focus();
      field.current?.select();
    };
  }, [field, focuser]);
  return (
    <input
      ref={field}
      type="text"
      enterKeyHint="search"
      aria-label={props.label}
      aria-describedby={props.describedBy}
      aria-invalid={props.problem !== null}
      autoComplete="off"
      spellCheck={false}
      placeholder={props.placeholder}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') props.onRun();
        else if (event.key === 'Escape') props.onLeave();
        else if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        else if (!props.onHistory(event.key === 'ArrowUp' ? 1 : -1)) return;
        event.preventDefault();
      }}
      className="h-[30px] min-w-0 flex-1 bg-transparent px-2 font-mono text-12 outline-none placeholder:text-text-3"
    />
  );
}
