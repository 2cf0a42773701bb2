/** A file of rules as text, under the path a person would name it by. */
export type RuleFile = { readonly path: string; readonly text: string };

/** Largest file of rules, in bytes. The longest rule of the community has 30 kB. */
export const RULE_FILE_BYTES_MAX = 2_000_000;

/** Whether a path is one of a file of rules. */
export function isRulePath(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

/** The text of a file of rules, without a byte order mark; undefined where it is not UTF-8. */
export function ruleFileText(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
