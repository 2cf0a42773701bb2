import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostileParts, hostilePlain } from './hostileText';

describe('text from telemetry', () => {
  it('leaves ordinary names alone, in any script', () => {
    for (const name of ['powershell.exe -nop', 'Rechnung_März.pdf', '請求書.svg', 'فاتورة.zip']) {
      expect(hostilePlain(name)).toBe(name);
    }
  });

  it('shows a right-to-left override that disguises an extension', () => {
    expect(hostilePlain('invoice\u202Efdp.exe')).toBe('invoice[U+202E]fdp.exe');
  });

  it('shows zero-width characters, line breaks and tag characters', () => {
    expect(hostilePlain('cmd\u200b.exe\r\n')).toBe('cmd[U+200B].exe[\\r][\\n]');
    expect(hostilePlain('a\u{e0041}')).toBe('a[U+E0041]');
  });

  it('never emits a hidden character, whatever it is given', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(hostileParts(hostilePlain(text)).some((part) => part.escape)).toBe(false);
      }),
    );
  });
});
