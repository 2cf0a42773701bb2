/** Longest label that can be sent beside a file: it travels in the address, which servers cut at 16 kB. */
const CHARACTERS = 7_000;

/** A label as it is sent, or why it cannot be. */
export type ReadLabel = { readonly labels: string } | { readonly error: string };

/**
 * The label of a file from what a person gave: as short as it can be written, and of a whole LABELS.json the one entry
 * that names the file, where only one does. The server checks what it says.
 */
export function readLabel(text: string, fileName: string): ReadLabel {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (error) {
    return { error: `This is not JSON: ${error instanceof Error ? error.message : 'it cannot be read'}.` };
  }
  const labels = JSON.stringify(entryOf(given, fileName) ?? given);
  const length = encodeURIComponent(labels).length;
  if (length > CHARACTERS)
    return {
      error: `The label is too long to be sent beside a file (${length.toLocaleString('en')} characters, at most ${CHARACTERS.toLocaleString('en')}): give only the entry of this recording, without words that explain it.`,
    };
  return { labels };
}

/** Of a whole LABELS.json, the entry of a file by its path or its last part; undefined where none or several name it. */
function entryOf(given: unknown, fileName: string): object | undefined {
  if (typeof given !== 'object' || given === null || !('datasets' in given)) return undefined;
  const { datasets } = given;
  if (!Array.isArray(datasets)) return undefined;
  const named = datasets.filter(
    (entry: unknown): entry is { file: string } =>
      typeof entry === 'object' && entry !== null && 'file' in entry && typeof entry.file === 'string',
  );
  const exact = named.find(({ file }) => file === fileName);
  if (exact !== undefined) return exact;
  const alike = named.filter(({ file }) => file.split(/[\\/]/).at(-1) === fileName);
  return alike.length === 1 ? alike[0] : undefined;
}
