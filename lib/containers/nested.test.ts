import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { UNPACK_LIMITS } from './limits';
import { openUpload } from './openMembers';
import { makeTar, makeZstd, readMembers } from './testMembers';
import { makeZip } from './testZip';

const named = (members: Awaited<ReturnType<typeof readMembers>>) =>
  members.map(({ name, text, problem }) => [name, text, problem]);

/** Temporary files go here, so that what is left of them can be seen. */
const folder = mkdtempSync(path.join(tmpdir(), 'sequela-nested-'));
const left = () => readdirSync(folder).filter((name) => name.startsWith('sequela-archive-'));
beforeAll(() => {
  vi.stubEnv('TMPDIR', folder);
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('archives within archives', () => {
  it('have their files read, whatever holds what', async () => {
    const zip = makeZip([
      { name: 'a.json', data: 'one' },
      { name: 'b.json.gz', data: zlib.gzipSync('two') },
    ]);
    const tar = await makeTar([{ name: 'c.json.zst', data: makeZstd(['three']) }]);
    const inner = [
      { name: 'in.zip', data: zip },
      { name: 'in.tar', data: tar },
      { name: 'in.tgz', data: zlib.gzipSync(tar) },
      { name: 'in.tar.zst', data: makeZstd([tar]) },
      { name: 'in.zip.gz', data: zlib.gzipSync(zip) },
    ];
    const outerTar = await makeTar(inner);
    for (const outer of [makeZip(inner), outerTar, zlib.gzipSync(outerTar), zlib.gzipSync(makeZip(inner))])
      expect(named(await readMembers(outer, 'up'))).toEqual([
        ['up/in.zip/a.json', 'one', null],
        ['up/in.zip/b.json.gz', 'two', null],
        ['up/in.tar/c.json.zst', 'three', null],
        ['up/in.tgz/c.json.zst', 'three', null],
        ['up/in.tar.zst/c.json.zst', 'three', null],
        ['up/in.zip.gz/a.json', 'one', null],
        ['up/in.zip.gz/b.json.gz', 'two', null],
      ]);
    expect(left()).toEqual([]);
  });

  it('are named and not opened beyond one level', async () => {
    const third = makeZip([{ name: 'a.json', data: 'one' }]);
    const second = makeZip([
      { name: 'b.json', data: 'two' },
      { name: 'third.zip', data: third },
    ]);
    expect(named(await readMembers(makeZip([{ name: 'second.zip', data: second }]), 'up'))).toEqual([
      ['up/second.zip/b.json', 'two', null],
      [
        'up/second.zip/third.zip',
        '',
        expect.stringMatching(/within archives within archives are not opened/),
      ],
    ]);
  });

  it('that are damaged or cut off leave the others readable, and no file behind', async () => {
    const zip = makeZip([{ name: 'a.json', data: 'one' }]);
    const outer = makeZip([
      { name: 'cut.zip', data: zip.subarray(0, zip.length - 30) },
      { name: 'whole.zip', data: zip },
      { name: 'wrong.zip', data: zip, crc: 7 },
    ]);
    expect(named(await readMembers(outer, 'up'))).toEqual([
      ['up/cut.zip', '', expect.stringMatching(/damaged or cut-off ZIP/)],
      ['up/whole.zip/a.json', 'one', null],
      ['up/wrong.zip/a.json', 'one', null],
      ['up/wrong.zip', '', expect.stringMatching(/checksum/)],
    ]);
    expect(left()).toEqual([]);
  });

  it('leave no file behind when they are not read to their end', async () => {
    const zip = makeZip([
      { name: 'a.json', data: 'one' },
      { name: 'b.json', data: 'two' },
    ]);
    const file = path.join(folder, 'upload');
    writeFileSync(file, makeZip([{ name: 'in.zip', data: zip }]));
    for await (const member of (await openUpload(file, 'up')).members) {
      expect(member.name).toBe('up/in.zip/a.json');
      expect(left()).toHaveLength(1);
      break;
    }
    expect(left()).toEqual([]);
  });

  it('share one budget of files and bytes', async () => {
    const many = makeZip(Array.from({ length: 20 }, (_, i) => ({ name: `${i}`, data: 'x' })));
    const outer = makeZip(Array.from({ length: 20 }, (_, i) => ({ name: `${i}.zip`, data: many })));
    const few = await readMembers(outer, 'up', { limits: { ...UNPACK_LIMITS, entries: 50 } });
    expect(few.filter((member) => member.text === 'x').length).toBeLessThan(50);
    expect(few.at(-1)?.problem).toMatch(/more than 50 files/);

    const bomb = makeZip([{ name: 'zeros', data: Buffer.alloc(4 << 20) }]);
    const bombs = makeZip(Array.from({ length: 20 }, (_, i) => ({ name: `${i}.zip`, data: bomb })));
    for (const limits of [
      { ...UNPACK_LIMITS, bytes: 10 << 20 },
      { ...UNPACK_LIMITS, ratioFrom: 10 << 20 },
    ]) {
      const read = await readMembers(bombs, 'up', { limits });
      expect(read.reduce((total, member) => total + member.text.length, 0)).toBeLessThan(30 << 20);
      expect(read.at(-1)?.problem).toMatch(/unpacks to more than/);
    }
    expect(left()).toEqual([]);
  });
});
