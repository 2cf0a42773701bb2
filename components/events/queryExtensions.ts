import {
  acceptCompletion,
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionStatus,
  moveCompletionSelection,
  selectedCompletion,
  startCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { EditorState, type Extension, Prec } from '@codemirror/state';
import { drawSelection, EditorView, keymap, tooltips } from '@codemirror/view';
import { hostilePlain } from '@/components/shared/hostileText';
import { type Suggestion, suggestAt } from './completion';
import { readValues } from './queries';

/** What the line does on keys that are not its own. */
export type LineActs = {
  run: () => void;
  /** Up and down through earlier searches; false where there is none. */
  history: (step: 1 | -1) => boolean;
  leave: () => void;
};

/** One line of a query: Enter runs it, Tab takes a completion, Up and Down go through earlier searches. */
export function lineExtensions(acts: LineActs): Extension {
  return [
    history(),
    drawSelection(),
    bracketMatching(),
    oneLine,
    lineLook,
    // The list of completions may be longer than the bar it hangs from.
    tooltips({ position: 'fixed' }),
    autocompletion({
      override: [complete],
      icons: false,
      // Enter runs the search unless a completion was chosen on purpose.
      selectOnOpen: false,
      activateOnTypingDelay: 120,
      maxRenderedOptions: 40,
    }),
    Prec.highest(
      keymap.of([
        {
          key: 'Tab',
          run: (view) => {
            if (completionStatus(view.state) !== 'active') return false;
            if (selectedCompletion(view.state) === null) moveCompletionSelection(true)(view);
            return acceptCompletion(view);
          },
        },
        {
          key: 'Enter',
          run: (view) => {
            if (selectedCompletion(view.state) !== null && acceptCompletion(view)) return true;
            acts.run();
            return true;
          },
        },
        {
          key: 'ArrowUp',
          run: (view) => completionStatus(view.state) !== 'active' && acts.history(1),
        },
        {
          key: 'ArrowDown',
          run: (view) => completionStatus(view.state) !== 'active' && acts.history(-1),
        },
        {
          key: 'Escape',
          run: (view) => {
            if (completionStatus(view.state) !== null) return false;
            acts.leave();
            return true;
          },
        },
      ]),
    ),
    keymap.of([...historyKeymap, ...defaultKeymap]),
    EditorView.contentAttributes.of({ tabindex: '0', 'aria-multiline': 'false', enterkeyhint: 'search' }),
  ];
}

/** A pasted query of several lines becomes one. */
const oneLine: Extension = EditorState.transactionFilter.of((change) => {
  if (!change.docChanged || change.newDoc.lines === 1) return change;
  const text = change.newDoc.toString().replaceAll(/\r?\n/g, ' ');
  return {
    changes: { from: 0, to: change.startState.doc.length, insert: text },
    selection: { anchor: Math.min(text.length, change.newSelection.main.head) },
  };
});

async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const asked = new AbortController();
  context.addEventListener('abort', () => asked.abort());
  const text = context.state.doc.toString();
  const read = (field: string, prefix: string) => readValues(field, prefix, asked.signal);
  try {
    const found = await suggestAt(text, context.pos, read);
    if (found === null || found.options.length === 0 || context.aborted) return null;
    return {
      from: found.from,
      to: found.to,
      options: found.options.map(toCompletion),
      filter: !found.fitted,
    };
  } catch {
    // Completion is a convenience: without an answer the query is typed by hand, and running it will say what is wrong.
    return null;
  }
}

function toCompletion({ label, apply, about, more }: Suggestion): Completion {
  return {
    label,
    // Values are telemetry: what hides is shown, what is put in stays as recorded.
    displayLabel: hostilePlain(label.length > 120 ? `${label.slice(0, 120)}…` : label),
    detail: about,
    apply: (view, _completion, from, to) => {
      view.dispatch({
        changes: { from, to, insert: apply },
        selection: { anchor: from + apply.length },
        userEvent: 'input.complete',
      });
      if (more) startCompletion(view);
    },
  };
}

const lineLook = EditorView.theme({
  '&': { backgroundColor: 'transparent', color: 'var(--text-1)', fontSize: '0.75rem' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--font-mono)',
    lineHeight: '1.25rem',
    fontVariantLigatures: 'none',
    overflowX: 'auto',
    scrollbarWidth: 'none',
  },
  '.cm-content': { caretColor: 'var(--text-1)', padding: '5px 0' },
  '.cm-line': { padding: '0 8px' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--text-1)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--accent-soft)',
  },
  '.cm-content ::selection': { color: 'var(--text-1)' },
  '.cm-placeholder': { color: 'var(--text-3)' },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--surface-3)',
    outline: '1px solid var(--accent)',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--danger)',
    textUnderlineOffset: '3px',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface-1)',
    color: 'var(--text-1)',
    border: '1px solid var(--line-strong)',
    borderRadius: '6px',
    boxShadow: 'var(--shadow)',
  },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-mono)', maxHeight: '18em', maxWidth: '90vw' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '4px 8px', lineHeight: '1.3' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent-soft)',
    color: 'var(--text-1)',
  },
  '.cm-completionDetail': {
    fontFamily: 'var(--font-sans)',
    fontStyle: 'normal',
    color: 'var(--text-3)',
    marginLeft: '1em',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-diagnostic': { fontFamily: 'var(--font-sans)', padding: '4px 10px' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--danger)' },
});
