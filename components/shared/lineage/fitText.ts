import { hostilePlain } from '../hostileText';

/** Telemetry text in at most `length` characters, for drawings: the middle gives way, the extension stays. */
export function fitMiddle(text: string, length: number): string {
  const shown = [...hostilePlain(text)];
  if (shown.length <= length) return shown.join('');
  const tail = Math.max(1, Math.floor((length - 1) * 0.45));
  return `${shown.slice(0, Math.max(1, length - 1 - tail)).join('')}…${shown.slice(-tail).join('')}`;
}

/** The same where only the beginning matters; a separator left at the end goes too. */
export function fitEnd(text: string, length: number): string {
  const shown = [...hostilePlain(text)];
  if (shown.length <= length) return shown.join('');
  const kept = shown.slice(0, length - 1).join('');
  return /\s·\s?\S?$/.test(kept) ? kept.replace(/\s·\s?\S?$/, '') : `${kept}…`;
}
