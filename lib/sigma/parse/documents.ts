/** One document of a file: its text, and where that stands. */
export type DocumentText = { readonly text: string; readonly start: number };

/**
 * Cuts a file where YAML's own marks stand: a line that begins with `---` or is `...`. By YAML no text, quoted or not,
 * runs over such a line, so that a broken document leaves its neighbours whole. Parts of nothing but comments, blanks
 * and directives are left out. Line ends stay as they are.
 */
export function documentsOf(text: string): readonly DocumentText[] {
  const documents: DocumentText[] = [];
  const take = (start: number, end: number): void => {
    const part = text.slice(start, end);
    if (hasContent(part)) documents.push({ text: part, start });
  };
  let start = text.startsWith('\ufeff') ? 1 : 0;
  for (const mark of text.matchAll(/(?<![^\n])(?:---|\.\.\.)(?=[ \t\r\n]|$)[ \t\r]*/g)) {
    take(start, mark.index);
    start = mark.index + mark[0].length;
  }
  take(start, text.length);
  return documents;
}

/** Whether some line is more than a comment or a directive. */
function hasContent(part: string): boolean {
  return contentAt(part) !== -1;
}

/** Where the first thing that is said stands in a part; -1 where nothing is. */
export function contentAt(part: string): number {
  const found = /(?<![^\n])(?!%)[ \t\r]*[^ \t\r\n#]/.exec(part);
  return found === null ? -1 : found.index + found[0].length - 1;
}
