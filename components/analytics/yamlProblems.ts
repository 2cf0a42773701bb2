import type { Diagnostic } from '@codemirror/lint';
import type { Text } from '@codemirror/state';

export type YamlProblem = {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  message: string;
};

/** Problems as marks in the text; places outside it are held to its ends, and an empty range marks what follows. */
export function diagnosticsOf(doc: Text, problems: readonly YamlProblem[]): Diagnostic[] {
  return problems.map(({ line, column, endLine, endColumn, message }) => {
    const from = offsetAt(doc, line, column);
    const to = Math.max(from, offsetAt(doc, endLine, endColumn));
    const end = doc.lineAt(from).to;
    return { from, to: to === from ? Math.min(end, from + 1) : to, severity: 'error', message };
  });
}

/** Offset of a place that counts from 1. */
export function offsetAt(doc: Text, line: number, column: number): number {
  const held = doc.line(Math.min(doc.lines, Math.max(1, line)));
  return Math.min(held.to, held.from + Math.max(0, column - 1));
}
