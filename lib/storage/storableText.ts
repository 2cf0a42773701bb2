// biome-ignore lint/suspicious/noControlCharactersInRegex: it is what PostgreSQL cannot store
const UNSTORABLE = /[\u0000\ud800-\udfff]/u;

/** Whether PostgreSQL could hold a text at all; what it could not is in no row, and would be refused as a parameter. */
export function isStorable(text: string): boolean {
  return !UNSTORABLE.test(text);
}
