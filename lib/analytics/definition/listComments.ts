import { isMap, isScalar, parseDocument } from 'yaml';

/**
 * What the comment right above each list of the file of lists says of it, by the list's name: what stands above a
 * section's line (`# ---- programs ----`) is of the file or of another section.
 */
export function listComments(text: string): ReadonlyMap<string, string> {
  const { contents } = parseDocument(text, { uniqueKeys: false, prettyErrors: false });
  const comments = new Map<string, string>();
  if (!isMap(contents)) return comments;
  for (const { key } of contents.items) {
    if (!isScalar(key)) continue;
    const lines = (key.commentBefore ?? '').split('\n').map((line) => line.trim());
    const own = lines.slice(lines.findLastIndex((line) => line.startsWith('--')) + 1);
    comments.set(String(key.value), own.filter((line) => line !== '').join(' '));
  }
  return comments;
}
