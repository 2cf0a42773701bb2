import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UNPACK_LIMITS } from './limits';
import { makeZstd, readMembers } from './testMembers';
import { makeZip } from './testZip';

describe('ZIP archives', () => {
  const two = [
    { name: 'a.json', data: 'one\n'.repeat(50) },
    { name: 'b.json', data: 'two', method: 'stored' as const },
  ];

  it('give nothing too much when cut off at any byte, and say so', { timeout: 30_000 }, async () => {
    const zip = makeZip(two);
    for (let length = 4; length < zip.length; length++) {
      const members = await readMembers(zip.subarray(0, length), 'up');
      expect(members).toMatchObject([
        { name: 'up', text: '', problem: expect.stringMatching(/cut-off ZIP/) },
      ]);
    }
  });

  it('survive flipped bits: all is read, or something says why not', { timeout: 60_000 }, async () => {
    const zip = makeZip(two);
    for (let bit = 32; bit < zip.length * 8; bit += 3) {
      const flipped = Buffer.from(zip);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const members = await readMembers(flipped, 'up');
      const texts = members.map((member) => member.text);
      if (!two.every(({ data }) => texts.includes(data)))
        expect(members.some((member) => member.problem !== null)).toBe(true);
      expect(texts.join('').length).toBeLessThan(2000);
    }
  });

  it('are measured by what they hold, not by what they say', async () => {
    for (const size of [0, 1, 0xfffffff0]) {
      const zip = makeZip(two);
      const central = zip.indexOf('PK\u0001\u0002');
      zip.writeUInt32LE(size, central + 24);
      zip.writeUInt32LE(size, zip.indexOf('PK\u0001\u0002', central + 4) + 24);
      const members = await readMembers(zip, 'up');
      expect(members.map(({ text, problem }) => [text, problem])).toEqual([
        [two[0]?.data, null],
        ['two', null],
      ]);
    }
    // More packed bytes than the data has: what follows it is not waited for, nor read.
    const zip = makeZip(two);
    const central = zip.indexOf('PK\u0001\u0002');
    zip.writeUInt32LE(zip.readUInt32LE(central + 20) + 9, central + 20);
    expect((await readMembers(zip, 'up'))[0]).toMatchObject({ text: two[0]?.data, problem: null });
  });

  it('hold thousands of files, Zstandard among the methods, and no links', { timeout: 30_000 }, async () => {
    const zip = makeZip(Array.from({ length: 2000 }, (_, i) => ({ name: `${i}.json`, data: `${i}` })));
    const members = await readMembers(zip, 'up');
    expect(members).toHaveLength(2000);
    expect(members.every((member, i) => member.text === `${i}` && member.problem === null)).toBe(true);

    const other = makeZip([
      { name: 'z', data: makeZstd(['packed']), method: 'stored', crc: zlib.crc32('packed') },
      { name: 'link', data: '/etc/passwd', method: 'stored' },
    ]);
    const first = other.indexOf('PK\u0001\u0002');
    const second = other.indexOf('PK\u0001\u0002', first + 4);
    other.writeUInt16LE(93, first + 10);
    other.writeUInt16LE(0x0314, second + 4);
    other.writeUInt32LE((0xa1ff << 16) >>> 0, second + 38);
    expect((await readMembers(other, 'up')).map(({ text, problem }) => [text, problem])).toEqual([
      ['packed', null],
      ['', 'a symbolic link, which is not followed'],
    ]);
  });

  it('stop at the limits, every kind of bomb', async () => {
    const bomb = makeZip([{ name: 'zeros', data: Buffer.alloc(20 << 20) }]);
    const overlapping = Buffer.from(makeZip([{ name: 'zeros', data: Buffer.alloc(4 << 20) }]));
    const central = overlapping.indexOf('PK\u0001\u0002');
    const end = overlapping.indexOf('PK\u0005\u0006');
    const entry = overlapping.subarray(central, end);
    const tail = Buffer.from(overlapping.subarray(end));
    tail.writeUInt16LE(30, 8);
    tail.writeUInt16LE(30, 10);
    tail.writeUInt32LE(30 * entry.length, 12);
    const shared = Buffer.concat([overlapping.subarray(0, central), ...Array(30).fill(entry), tail]);
    for (const zip of [bomb, shared])
      for (const limits of [
        { ...UNPACK_LIMITS, bytes: 9 << 20 },
        { ...UNPACK_LIMITS, ratioFrom: 9 << 20 },
      ]) {
        const members = await readMembers(zip, 'up', { limits });
        expect(members.reduce((total, member) => total + member.text.length, 0)).toBeLessThan(30 << 20);
        expect(members.some((member) => /unpacks to more than/.test(member.problem ?? ''))).toBe(true);
      }
  });

  it('with nothing in them say so', async () => {
    expect(await readMembers(makeZip([]), 'up')).toMatchObject([{ problem: 'the archive holds no files' }]);
  });
});
