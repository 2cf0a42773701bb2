import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from '@codemirror/language';
import { lintGutter, lintKeymap } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import type { VocabularyView } from '@/lib/contracts/analytics';
import { namesIn, type Suggestion, suggest } from './yamlCompletion';
import { yamlPlace } from './yamlPlace';
import { yamlTheme } from './yamlTheme';

type EditorLook = {
  /** Without line numbers and folding: a condition of some lines. */
  small: boolean;
  /** Id of the words that say how to leave by keyboard. */
  describedBy: string;
};

/** What does not change while an editor lives. */
export function fixedExtensions({ small, describedBy }: EditorLook): Extension {
  return [
    small ? [] : [lineNumbers(), highlightActiveLineGutter(), foldGutter(), lintGutter()],
    history(),
    drawSelection(),
    EditorState.allowMultipleSelections.of(true),
    indentOnInput(),
    indentUnit.of('  '),
    bracketMatching(),
    small ? [] : highlightActiveLine(),
    small ? EditorView.lineWrapping : [],
    yaml(),
    yamlTheme,
    keymap.of([...defaultKeymap, ...historyKeymap, ...foldKeymap, ...completionKeymap, ...lintKeymap]),
    // Focusable in its own right: browsers and checkers differ on what is editable only.
    EditorView.contentAttributes.of({ tabindex: '0', 'aria-describedby': describedBy }),
  ];
}

/** Name for screen readers. */
export function named(label: string): Extension {
  return EditorView.contentAttributes.of({ 'aria-label': label });
}

/** Tab indents; Escape and then Tab leaves, which the editor itself sees to. */
export const tabIndents: Extension = keymap.of([indentWithTab]);

/** May be read, selected and copied, and takes the focus; not changed. */
export function readOnly(on: boolean): Extension {
  return on
    ? [EditorState.readOnly.of(true), EditorView.contentAttributes.of({ 'aria-readonly': 'true' })]
    : [];
}

const TYPE: Record<Suggestion['sort'], string> = {
  key: 'keyword',
  field: 'property',
  modifier: 'function',
  relation: 'interface',
  kind: 'enum',
  list: 'variable',
  stage: 'namespace',
  parameter: 'variable',
};

/** Completion by the place of the cursor. `names` is where stages and parameters are read from when not in the text. */
export function completion(
  vocabulary: VocabularyView | undefined,
  root: readonly string[],
  names: string | null,
): Extension {
  if (vocabulary === undefined) return [];
  const source = (context: CompletionContext): CompletionResult | null => {
    const text = context.state.doc.toString();
    const place = yamlPlace(text, context.pos);
    if (place === null || (place.typed === '' && !context.explicit)) return null;
    const found = suggest(place, vocabulary, namesIn(names ?? text), root);
    if (found === null) return null;
    const options = found.options.map(
      ({ label, apply, about, sort }): Completion => ({ label, apply, detail: about, type: TYPE[sort] }),
    );
    return { from: found.from, options, validFor: /^[\w.@%${}-]*$/ };
  };
  return autocompletion({ override: [source], icons: false });
}
