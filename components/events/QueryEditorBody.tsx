'use client';

import { setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, Transaction } from '@codemirror/state';
import { EditorView, placeholder } from '@codemirror/view';
import { useEffect, useLayoutEffect, useRef } from 'react';
import { lineExtensions } from './queryExtensions';
import type { QueryLineProps } from './queryLineProps';

type BodyProps = QueryLineProps & {
  /** The plain field had the focus when the editor took its place. */
  focusAtOnce: boolean;
};

/** The query as a CodeMirror line, held to the text and the mistake it is given. Loaded after the screen. */
export function QueryEditorBody(props: BodyProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  const name = useRef(new Compartment());
  useLayoutEffect(() => {
    latest.current = props;
  });

  // Before the next key, so that none is lost between the plain field and the editor.
  useLayoutEffect(() => {
    const parent = host.current;
    if (parent === null) return;
    const first = latest.current;
    const made = new EditorView({
      parent,
      state: EditorState.create({
        doc: first.value,
        selection: { anchor: first.value.length },
        extensions: [
          lineExtensions({
            run: () => latest.current.onRun(),
            history: (step) => latest.current.onHistory(step),
            leave: () => latest.current.onLeave(),
          }),
          placeholder(first.placeholder),
          name.current.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    first.focuser.current = () => {
      made.focus();
      made.dispatch({ selection: { anchor: 0, head: made.state.doc.length } });
    };
    if (first.focusAtOnce) made.focus();
    return () => {
      view.current = null;
      made.destroy();
    };
  }, []);

  const { value, label, describedBy, problem } = props;
  useEffect(() => {
    const shown = view.current;
    if (shown === null || shown.state.doc.toString() === value) return;
    shown.dispatch({
      changes: { from: 0, to: shown.state.doc.length, insert: value },
      selection: { anchor: value.length },
      annotations: Transaction.addToHistory.of(false),
    });
  }, [value]);
  const invalid = problem !== null;
  useEffect(() => {
    view.current?.dispatch({
      effects: name.current.reconfigure(
        EditorView.contentAttributes.of({
          'aria-label': label,
          'aria-describedby': describedBy,
          'aria-invalid': String(invalid),
        }),
      ),
    });
  }, [label, describedBy, invalid]);
  useEffect(() => {
    const shown = view.current;
    if (shown === null) return;
    const end = shown.state.doc.length;
    const marks =
      problem === null
        ? []
        : [
            {
              // A mistake at the end of the line stands behind its last character: mark that.
              from: Math.min(problem.from, Math.max(0, end - 1)),
              to: Math.min(end, Math.max(problem.to, problem.from + 1)),
              severity: 'error' as const,
              message: problem.message,
            },
          ];
    shown.dispatch(setDiagnostics(shown.state, marks));
  }, [problem]);

  return <div ref={host} className="min-w-0 flex-1" />;
}
