let lastText = '';
let lastFolded = '';

/**
 * A text without its case, as values and rules are compared: lower case, with both small sigmas as one, which lower
 * case alone writes by where they stand. The last answer is kept: many tests ask for the same value.
 */
export function fold(text: string): string {
  if (text === lastText) return lastFolded;
  lastText = text;
  lastFolded = text.toLowerCase().replaceAll('ς', 'σ');
  return lastFolded;
}
