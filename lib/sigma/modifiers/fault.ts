/** Why a rule cannot be used, in one plain sentence; who catches it adds where it stands. */
export class SigmaFault extends Error {
  /** Place in the file's text, once it is known. */
  at: number | undefined;

  constructor(reason: string, at?: number) {
    super(reason);
    this.at = at;
  }
}

/** What `make` returns; a fault in it that has no place yet stands here. */
export function located<T>(at: number, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof SigmaFault && error.at === undefined) error.at = at;
    throw error;
  }
}

/** A text of the rule for a reason: cut where it is long. */
export function quoted(text: string): string {
  return `"${text.length > 100 ? `${text.slice(0, 100)}…` : text}"`;
}
