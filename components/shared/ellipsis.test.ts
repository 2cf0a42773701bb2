import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elideCommandLine, elidePath } from './ellipsis';

describe('shortening a command line', () => {
  const long =
    '"C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe" -NoProfile -ExecutionPolicy Bypass -WindowStyle Hidden -File "C:\\Users\\Public\\a b.ps1"';

  it('keeps what fits', () => {
    expect(elideCommandLine('mshta.exe a.hta', 40)).toBe('mshta.exe a.hta');
  });

  it('keeps the image and the last argument, quotes and spaces included', () => {
    expect(elideCommandLine(long, 70)).toBe(
      '…\\powershell.exe -NoProfile -ExecutionPol … "C:\\Users\\Public\\a b.ps1"',
    );
  });

  it('cuts a last argument that would not fit from its front', () => {
    const shown = elideCommandLine(`wscript.exe ${'a'.repeat(200)}end.js`, 40);
    expect(shown.startsWith('wscript.exe … …a')).toBe(true);
    expect(shown.endsWith('end.js')).toBe(true);
  });

  it('treats a lone path as a path', () => {
    expect(elideCommandLine('C:\\Users\\m.keller\\AppData\\Local\\Temp\\Temp1_x.zip\\x.js', 30)).toBe(
      'C:\\Users\\m.keller\\AppDat…\\x.js',
    );
  });

  it('never exceeds the room it was given', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.integer({ min: 16, max: 120 }), (text, max) => {
        expect(elideCommandLine(text, max).length).toBeLessThanOrEqual(Math.max(max, 16));
      }),
    );
  });
});

describe('shortening a path', () => {
  it('keeps the start and the file name', () => {
    const shown = elidePath('C:\\Users\\m.keller\\Downloads\\deep\\folders\\Zahlungsavis_88213.svg', 40);
    expect(shown).toMatch(/^C:\\Users.*…\\Zahlungsavis_88213\.svg$/);
    expect(shown.length).toBeLessThanOrEqual(40);
  });
});
