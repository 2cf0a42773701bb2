/** Words that were typed and not sent yet, each under the id of what they are about. */
export type Drafts = {
  /** What was typed; empty when nothing was. */
  get: (id: string) => string;
  /** Keeps the words; empty ones are forgotten. */
  keep: (id: string, text: string) => void;
};

/**
 * Drafts that outlast the field they were typed in, until the page is left. Of more than `most`, those kept longest ago
 * are forgotten.
 */
export function createDrafts(most: number): Drafts {
  const texts = new Map<string, string>();
  return {
    get: (id) => texts.get(id) ?? '',
    keep: (id, text) => {
      texts.delete(id);
      if (text !== '') texts.set(id, text);
      const [oldest] = texts.keys();
      if (texts.size > most && oldest !== undefined) texts.delete(oldest);
    },
  };
}
