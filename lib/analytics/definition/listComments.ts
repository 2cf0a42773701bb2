import { isMap, isScalar, parseDocument } from 'yaml';

/** What the comment above each list of the file of lists says of it, by the list's name; section lines left out. */
export function listComments(text: string): ReadonlyMap<string, string> {
  const { contents } = parseDocument(text);
  const comments = new Map<string, string>();
  if (!isMap(contents)) return comments;
  for (const { key } of contents.items) {
    if (!isScalar(key)) continue;
    const about = (key.commentBefore ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('--'))
      .join(' ');
    comments.set(String(key.value), about);
  }
  return comments;
}
