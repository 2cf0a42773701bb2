import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundleOf, collection, releaseObjects, technique } from '../../attack/testBundle';
import { readBundle } from './readBundle';

async function* cut(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] ?? bytes.length;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

const whole = (bytes: Uint8Array) => cut(bytes, [bytes.length]);

describe('reading a bundle', () => {
  it('gives the same release and hash wherever its bytes are cut, packed or not', async () => {
    const bytes = bundleOf(releaseObjects(), 1);
    const expected = await readBundle(whole(bytes));
    expect(expected.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(expected.bytes).toBe(bytes.length);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 1, maxLength: 20 }),
        fc.boolean(),
        async (sizes, packed) => {
          expect(await readBundle(cut(packed ? gzipSync(bytes) : bytes, sizes))).toEqual(expected);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('says the same of a release whose members stand in another order', async () => {
    const { release } = await readBundle(whole(bundleOf(releaseObjects())));
    const text = JSON.stringify({ objects: releaseObjects(), type: 'bundle', id: 'bundle--x' });
    expect((await readBundle(whole(new TextEncoder().encode(text)))).release).toEqual(release);
  });

  it('is refused at every place where it may break off', async () => {
    const bytes = bundleOf(releaseObjects());
    for (let length = 0; length < bytes.length; length += 37)
      await expect(readBundle(whole(bytes.subarray(0, length)))).rejects.toMatchObject({
        code: 'bad_request',
      });
  });

  it('is refused beyond its limit, packed or not, before all of it was read', async () => {
    const blanks = new Uint8Array(100_000).fill(32);
    let given = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode('{"type":"bundle","objects":[');
      for (;;) {
        given += blanks.length;
        yield blanks;
      }
    }
    await expect(readBundle(endless(), 1_000_000)).rejects.toMatchObject({ code: 'too_large' });
    expect(given).toBeLessThanOrEqual(1_100_000);
    const bomb = gzipSync(Buffer.concat([Buffer.from('{"objects":['), Buffer.alloc(20_000_000, 32)]));
    await expect(readBundle(whole(bomb), 1_000_000)).rejects.toMatchObject({ code: 'too_large' });
  });

  it('leaves out an object longer than any release has, and keeps the others', async () => {
    const long = technique(9, 'T9000', { description: 'x'.repeat(17_000_000) });
    const { release } = await readBundle(
      whole(bundleOf([collection('19.1'), long, technique(1, 'T1218.005')])),
    );
    expect(release.objects.map(({ attackId }) => attackId)).toEqual(['T1218.005']);
    expect(release.counts.unreadable).toBe(1);
  });
});
