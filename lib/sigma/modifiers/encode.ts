import type { Step } from './chain';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Bytes of a text as one of the UTF-16 modifiers writes them; `utf16` puts a byte order mark before. */
export function utf16Bytes(text: string, step: Step): readonly number[] {
  const bytes: number[] = step === 'utf16' ? [0xff, 0xfe] : [];
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (step === 'utf16be') bytes.push(unit >> 8, unit & 255);
    else bytes.push(unit & 255, unit >> 8);
  }
  return bytes;
}

export function utf8Bytes(text: string): readonly number[] {
  return [...new TextEncoder().encode(text)];
}

/** Base64 with padding. */
export function base64(bytes: readonly number[]): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const three = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    text += ALPHABET.charAt(three >> 18) + ALPHABET.charAt((three >> 12) & 63);
    text += left > 1 ? ALPHABET.charAt((three >> 6) & 63) : '=';
    text += left > 2 ? ALPHABET.charAt(three & 63) : '=';
  }
  return text;
}

/**
 * What of the bytes' Base64 is the same whatever stands before and behind them: one text for each of the three places
 * within a group of three bytes at which they may begin.
 */
export function base64Offsets(bytes: readonly number[]): readonly string[] {
  return [0, 1, 2].map((shift) => {
    const text = base64([...new Array<number>(shift).fill(0), ...bytes]);
    const from = [0, 2, 3][shift] ?? 0;
    // The last group holds bits of what follows, unless the bytes end with it.
    const cut = [0, 3, 2][(bytes.length + shift) % 3] ?? 0;
    return text.slice(from, text.length - cut);
  });
}
