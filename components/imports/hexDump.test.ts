import { describe, expect, it } from 'vitest';
import { hexDump } from './hexDump';

describe('hexDump', () => {
  it('shows every byte once, with its place in the file and what of it can be printed', () => {
    const bytes = Uint8Array.from([0x7b, 0x22, 0x00, 0xff, 0x41, 0x0a]);
    expect(hexDump(btoa(String.fromCharCode(...bytes)), 254, 4)).toEqual([
      { offset: '000000fe', hex: '7b 22 00 ff', text: '{"..' },
      { offset: '00000102', hex: '41 0a', text: 'A.' },
    ]);
  });

  it('shows nothing of nothing', () => {
    expect(hexDump('', 0)).toEqual([]);
  });
});
