'use client';

import { setDiagnostics } from '@codemirror/lint';
import { Compartment, EditorState, Transaction } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { YamlEditorProps } from './yamlEditorProps';
import { completion, fixedExtensions, named, readOnly, tabIndents } from './yamlExtensions';
import { diagnosticsOf, offsetAt } from './yamlProblems';

type BodyProps = YamlEditorProps & { describedBy: string; tabMoves: boolean };

/** The editor itself: CodeMirror, held to the text and marks it is given. Loaded only where it is shown. */
export function YamlEditorBody(props: BodyProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  const parts = useRef({
    completion: new Compartment(),
    tab: new Compartment(),
    lock: new Compartment(),
    name: new Compartment(),
  });
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const parent = host.current;
    if (parent === null) return;
    const first = latest.current;
    const { current: compartments } = parts;
    const made = new EditorView({
      parent,
      state: EditorState.create({
        doc: first.value,
        extensions: [
          compartments.tab.of([]),
          fixedExtensions({ small: first.small ?? false, describedBy: first.describedBy }),
          compartments.name.of(named(first.label)),
          compartments.completion.of([]),
          compartments.lock.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange?.(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => {
      view.current = null;
      made.destroy();
    };
  }, []);

  const { value, label, vocabulary, readOnly: locked, root, namesFrom, problems, tabMoves, jump } = props;
  useEffect(() => {
    const shown = view.current;
    if (shown === null || shown.state.doc.toString() === value) return;
    // Not one's own doing, so nothing that Undo should take back.
    shown.dispatch({
      changes: { from: 0, to: shown.state.doc.length, insert: value },
      annotations: Transaction.addToHistory.of(false),
    });
  }, [value]);
  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.name.reconfigure(named(label)) });
  }, [label]);
  useEffect(() => {
    const { completion: part } = parts.current;
    view.current?.dispatch({
      effects: part.reconfigure(completion(vocabulary, root ?? [], namesFrom ?? null)),
    });
  }, [vocabulary, root, namesFrom]);
  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.lock.reconfigure(readOnly(locked ?? false)) });
  }, [locked]);
  useEffect(() => {
    view.current?.dispatch({ effects: parts.current.tab.reconfigure(tabMoves ? [] : tabIndents) });
  }, [tabMoves]);
  useEffect(() => {
    const shown = view.current;
    if (shown === null) return;
    shown.dispatch(setDiagnostics(shown.state, diagnosticsOf(shown.state.doc, problems ?? [])));
  }, [problems]);
  useEffect(() => {
    const shown = view.current;
    if (shown === null || jump === undefined || jump === null) return;
    const at = offsetAt(shown.state.doc, jump.line, jump.column);
    shown.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: 'center' }) });
    shown.focus();
  }, [jump]);

  return <div ref={host} className="h-full min-h-0" />;
}
