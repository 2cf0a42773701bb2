import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** Our tokens as the editor's colours: they follow the theme by themselves, so there is one style for both. */
const look = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--surface-0)', color: 'var(--text-1)', fontSize: '0.75rem' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--font-mono)', lineHeight: '1.25rem', fontVariantLigatures: 'none' },
  '.cm-content': { caretColor: 'var(--text-1)', padding: '6px 0' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--text-1)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--accent-soft)',
  },
  '.cm-content ::selection': { color: 'var(--text-1)' },
  '.cm-activeLine': { backgroundColor: 'transparent', boxShadow: 'inset 2px 0 0 var(--accent)' },
  '.cm-gutters': {
    backgroundColor: 'var(--surface-0)',
    color: 'var(--text-3)',
    borderRight: '1px solid var(--line)',
  },
  '.cm-activeLineGutter': { backgroundColor: 'transparent', color: 'var(--text-1)' },
  '.cm-selectionMatch': { backgroundColor: 'var(--surface-3)' },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--surface-3)',
    outline: '1px solid var(--accent)',
  },
  '&.cm-focused .cm-nonmatchingBracket': {
    backgroundColor: 'transparent',
    outline: '1px solid var(--danger)',
  },
  '.cm-foldPlaceholder': {
    backgroundColor: 'var(--surface-2)',
    border: '1px solid var(--line-strong)',
    color: 'var(--text-2)',
  },
  '.cm-tooltip, .cm-panels': {
    backgroundColor: 'var(--surface-1)',
    color: 'var(--text-1)',
    border: '1px solid var(--line-strong)',
    borderRadius: '6px',
    boxShadow: 'var(--shadow)',
  },
  '.cm-panels': { borderRadius: '0', boxShadow: 'none' },
  '.cm-panel input, .cm-panel button': {
    backgroundColor: 'var(--surface-0)',
    backgroundImage: 'none',
    color: 'var(--text-1)',
    border: '1px solid var(--line-strong)',
    borderRadius: '4px',
  },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--font-mono)', maxHeight: '16em' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px', lineHeight: '1.2' },
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
  '.cm-completionInfo': { fontFamily: 'var(--font-sans)', maxWidth: '320px', padding: '6px 10px' },
  '.cm-diagnostic': { fontFamily: 'var(--font-sans)', padding: '4px 10px' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--danger)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--danger)',
    textUnderlineOffset: '3px',
  },
  '.cm-gutter-lint': { width: '14px' },
  '.cm-lint-marker-error': {
    content: 'none',
    width: '8px',
    height: '8px',
    borderRadius: '999px',
    backgroundColor: 'var(--danger)',
    margin: '6px 3px',
  },
});

const words = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--accent)' },
  { tag: tags.comment, color: 'var(--text-3)', fontStyle: 'italic' },
  { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: 'var(--text-3)' },
  { tag: [tags.bool, tags.number, tags.null, tags.atom], color: 'var(--text-1)', fontWeight: '600' },
  { tag: [tags.string, tags.content], color: 'var(--text-1)' },
  { tag: [tags.labelName, tags.typeName, tags.meta, tags.keyword], color: 'var(--text-2)' },
]);

export const yamlTheme: Extension = [look, syntaxHighlighting(words)];
