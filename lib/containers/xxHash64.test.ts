import { describe, expect, it } from 'vitest';
import { XxHash64 } from './xxHash64';

describe('XXH64', () => {
  it.each([
    ['', 0x51d8e999],
    ['abc', 0xad770999],
    ['Nobody inspects the spammish repetition', 0x8a378bf1],
  ])('gives the known value of %j, fed whole or byte by byte', (text, expected) => {
    const whole = new XxHash64();
    whole.update(Buffer.from(text));
    const pieces = new XxHash64();
    for (const byte of Buffer.from(text)) pieces.update(Buffer.of(byte));
    expect([whole.low32(), pieces.low32()]).toEqual([expected, expected]);
  });
});
