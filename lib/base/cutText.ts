/** The first `length` UTF-16 units of a text, one fewer where that would halve a character. */
export function cutText(text: string, length: number): string {
  const cut = text.slice(0, length);
  return isHigh(cut.charCodeAt(cut.length - 1)) && cut.length < text.length ? cut.slice(0, -1) : cut;
}

/** The last `length` UTF-16 units of a text, one fewer where that would halve a character. */
export function cutTextFront(text: string, length: number): string {
  const cut = text.slice(-length);
  return isLow(cut.charCodeAt(0)) && cut.length < text.length ? cut.slice(1) : cut;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
