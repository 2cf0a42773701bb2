/** Longest text that is looked at, and longest group: an index entry has room for little more. */
const LOOKED_AT = 1_000;
const GROUP_CHARACTERS = 200;

/**
 * A reason without what is particular to one record: quoted text becomes `"…"`, every number `N`. Records
 * refused for one cause meet in one group, whatever values the reason quotes.
 */
export function groupOfReason(reason: string): string {
  const plain = reason
    .slice(0, LOOKED_AT)
    .replace(/"(?:[^"\\]|\\.)*"/gs, '"…"')
    .replace(/(?<!\w)'[^']*'(?!\w)/g, "'…'")
    .replace(/`[^`]*`/g, '`…`')
    .replace(/\d+(?:[.,]\d+)*/g, 'N');
  return Array.from(plain).slice(0, GROUP_CHARACTERS).join('');
}
