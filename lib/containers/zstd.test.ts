import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createBudget } from './budget';
import { UNPACK_LIMITS } from './limits';
import { makeTar, makeZstd, readMembers } from './testMembers';
import { unpackZstd } from './zstd';

/** What the two frames below hold. */
const TEXT = Array.from({ length: 60 }, (_, i) => {
  const image = `C:\\\\Windows\\\\${(((i * 37) % 26) + 10).toString(36)}.exe`;
  return `${JSON.stringify({ pid: (i * 7919) % 9000, image })}\n`;
}).join('');
/** Made by zstd 1.5: level 19 with the size in the header, and level 3 from a pipe; both with checksum. */
const PACKED = [
  'KLUv/WTACbUJAGaUOR1Ac9oMlmr51B+qVD/207G6r2jl5sqeSzasyvM1ATcALwAvAGw5xm7gM5OpN+kdoa8ntby64POrzl7HusWAjRNdIsFjoKoJgkgFw4DgDJxI8TwkJ2ADB5Iijia6miPn1dHejsJ5KPVhXtZCfVjnD7e6EtRzInG7osaMNx9mtxHCuhLRaJ8su1XYuneu9HozFi/Glg9y2ohAXDlJsyu0bS3f48YqdoYxpzY9aLUiZfxc3FcrTL4jr/cJh9gTWkLZeZSu4uL6rBZXHWz8p5s3srY5sq+mXNpJeIeXXJcPZdTDn5ds6iY4eKgRAAZIT3sH0Jc2AzIIKAhsMPj1ewZa6Z2I2T7K7tAUEvEvava6DYkTGrPH79gUEvEztdUHlCTTVX5TEkp4RES+LEWZsZ2pBtQAUAXmFhYj',
  'KLUv/QRY3QkAZhI3H1DFpgNQx8VcTYpXOYjt5B7QmdJNSLKb7Bx4MDKD6DUyACwALAAH6S02+5sRN2uit1fydGb8fQsuypmcAbPWWpEENY5HYK21CAGKoBwE03gUgBFU8zzUQCfJw+cwp0dteG6BlSG6fUD2ibXC+yrMjo7WT4OjbeTtGGF/TblGX+CmJVMD25NfVzRXuM+hjgb8jJgtwo0pfL1QdAsmZHqNK0a9mVhWKXsZ58y8P/rdWQuCi3ImZ2BBdMiy8byIFRO6KSErw3oZb36wt7PvkrR77nD6y0ajFjYXksqHC3aoERCS6/3vwDOqORGMECwowh/6mAZzT6RbWD4/j2gbs5zlId0yjKxMrPKPszTLsMyxuOQj3fY5ivynyEP67Sx2sblC5+Vgo46EF5sRUWCwUUfCi81QsTXTHNCq5hYWIw==',
].map((text) => Buffer.from(text, 'base64'));

const only = async (bytes: Uint8Array, options?: Parameters<typeof readMembers>[2]) => {
  const [member, ...others] = await readMembers(bytes, 'a.zst', options);
  expect(others).toEqual([]);
  return { text: member?.text ?? '', problem: member?.problem };
};

/** Without the way over the disk, for the many. */
async function unpacked(packed: Uint8Array) {
  async function* source() {
    yield packed;
  }
  const { bytes, problem } = unpackZstd(source(), createBudget(UNPACK_LIMITS, packed.length));
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return { text: Buffer.concat(chunks).toString(), problem: problem() };
}

describe('Zstandard', () => {
  it('is unpacked as the tool that packed it would', async () => {
    for (const packed of PACKED) expect(await only(packed)).toEqual({ text: TEXT, problem: null });
  });

  it('may hold several frames, some to be skipped, and zeros behind the last', async () => {
    const skipped = Buffer.from([0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
    const frames = [
      skipped,
      makeZstd(['one, ', 4]),
      skipped,
      makeZstd([', two, ']),
      ...PACKED,
      Buffer.alloc(9),
    ];
    expect(await only(Buffer.concat(frames))).toEqual({
      text: `one, aaaa, two, ${TEXT}${TEXT}`,
      problem: null,
    });
    expect(await only(makeZstd(['']))).toEqual({ text: '', problem: null });
  });

  it('gives what was read of data cut off at any byte, and says so', async () => {
    const whole = Buffer.concat([makeZstd(['first ', 'second ']), ...PACKED.slice(0, 1)]);
    for (let length = 4; length < whole.length; length++) {
      const { text, problem } = await unpacked(whole.subarray(0, length));
      expect(`first second ${TEXT}`.startsWith(text)).toBe(true);
      const betweenFrames = length === makeZstd(['first ', 'second ']).length;
      if (betweenFrames) expect(problem).toBeNull();
      else expect(problem).toMatch(/cut off/);
      if (length > 40) expect(text).toMatch(/^first second /);
    }
  });

  it('notices any flipped bit, by its checksum if by nothing else', { timeout: 30_000 }, async () => {
    for (const packed of PACKED)
      for (let bit = 32; bit < packed.length * 8; bit++) {
        const flipped = Buffer.from(packed);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const { text, problem } = await unpacked(flipped);
        expect(text.length).toBeLessThanOrEqual(128 * 1024);
        // A bit that says nothing of the content (unused, or how much memory to take) may be either.
        if (text !== TEXT) expect(problem).not.toBeNull();
      }
  });

  it('refuses what would take too much memory, a dictionary, or a block beyond its size, with the reason', async () => {
    expect((await only(makeZstd(['x'], 28))).problem).toMatch(/window of 256 MiB, more than 128/);
    expect((await only(makeZstd(['x'], 41))).problem).toMatch(/window of 2097152 MiB/);
    expect((await only(makeZstd(['x'], 27))).problem).toBeNull();
    const dictionary = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 1, 0x50, 7, 1, 0, 0]);
    expect((await only(dictionary)).problem).toMatch(/dictionary \(7\)/);
    expect((await only(makeZstd([129 * 1024]))).problem).toMatch(/block of an unknown kind/);
    const lying = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, 200, 25, 0, 0, ...Buffer.from('abc')]);
    expect(await only(lying)).toEqual({
      text: 'abc',
      problem: expect.stringMatching(/says 200 bytes and holds 3/),
    });
  });

  it('does no more work than a block may unpack to, whatever the block asks for', async () => {
    // 98,303 copies of 65,539 bytes each, told in 21 bytes.
    const body = [0, 255, 255, 255, 0b01010100, 0, 2, 52, 1, 1, 1, 1];
    const evil = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x38, (body.length << 3) | 5, 0, 0, ...body]);
    const started = performance.now();
    expect((await only(evil)).problem).toMatch(/cannot be unpacked further/);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('stops at the limits, and keeps what came before', async () => {
    const bomb = makeZstd(Array<number>(200).fill(128 * 1024));
    const dense = await only(bomb, { limits: { ...UNPACK_LIMITS, ratioFrom: 1 << 20 } });
    expect(dense.problem).toMatch(/more than 500 times its size/);
    const large = await only(bomb, { limits: { ...UNPACK_LIMITS, bytes: 3 << 20 } });
    expect(large.problem).toMatch(/more than 3145728 bytes/);
    for (const { text } of [dense, large]) {
      expect(text.length).toBeGreaterThan(1 << 20);
      expect(text.length).toBeLessThan(4 << 20);
    }
  });

  it('holds a tar archive as well as a file, and may itself be packed once more', async () => {
    const tar = await makeTar([{ name: 'x.json', data: 'one' }]);
    expect(await readMembers(makeZstd([tar]), 'a.tar.zst')).toMatchObject([
      { name: 'a.tar.zst/x.json', text: 'one' },
    ]);
    expect(await only(zlib.gzipSync(makeZstd(['twice'])))).toEqual({ text: 'twice', problem: null });
  });
});

const installed = spawnSync('zstd', ['--version']).status === 0;
if (!installed) process.stdout.write('skipped Zstandard levels: no zstd on this machine\n');

describe.runIf(installed)('Zstandard at every level', () => {
  it.each(['--fast=9', '-1', '-3', '-9', '-15', '-19', '--ultra -22', '-3 --long=27', '-5 --no-check'])(
    'is unpacked: %s',
    { timeout: 30_000 },
    async (level) => {
      // Text that repeats near and far, then noise, over several blocks.
      let noise = '';
      for (let i = 0; i < 4000; i++) noise += createHash('sha256').update(String(i)).digest('base64');
      const text = Array.from(
        { length: 9000 },
        (_, i) => `${i % 97},${(i * 7919) % 1009},${'x'.repeat(i % 7)}\n`,
      );
      const whole = `${text.join('')}${noise}${text.reverse().join('')}${noise}`;
      const packed = execFileSync('zstd', ['-q', '-c', ...level.split(' ')], { input: whole });
      const { text: read, problem } = await only(packed);
      expect(problem).toBeNull();
      expect(read === whole).toBe(true);
    },
  );
});
