import zlib from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { UNPACK_LIMITS } from './limits';
import { makeTar, readMembers } from './testMembers';

const named = (members: Awaited<ReturnType<typeof readMembers>>) =>
  members.map(({ name, text, problem }) => [name, text, problem]);

describe('tar archives', () => {
  it('give their files in order, plain or packed, with long names and empty files', async () => {
    const long = `${'folder/'.repeat(30)}b.json`;
    const tar = await makeTar([
      { name: 'logs', header: { type: 'directory' } },
      { name: 'logs/a.json', data: 'one' },
      { name: long, data: 'two'.repeat(1000) },
      { name: 'empty.json' },
      { name: 'd.json.gz', data: zlib.gzipSync('three') },
    ]);
    const files = [
      ['up/logs/a.json', 'one', null],
      [`up/${long}`, 'two'.repeat(1000), null],
      ['up/empty.json', '', null],
      ['up/d.json.gz', 'three', null],
    ];
    for (const bytes of [tar, zlib.gzipSync(tar), zlib.gzipSync(zlib.gzipSync(tar))])
      expect(named(await readMembers(bytes, 'up'))).toEqual(files);
  });

  it('are known by their checksum where they are older than the magic', async () => {
    const tar = await makeTar([{ name: 'a.json', data: 'one' }]);
    tar.fill(0, 257, 265);
    tar.fill(' ', 148, 156);
    const sum = tar.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    tar.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    expect(named(await readMembers(tar, 'up'))).toEqual([['up/a.json', 'one', null]]);
  });

  it('name what is no file instead of following it', async () => {
    const tar = await makeTar([
      { name: 'soft', header: { type: 'symlink', linkname: '/etc/passwd\u202e' } },
      { name: 'hard', header: { type: 'link', linkname: '../a' } },
      { name: 'disk', header: { type: 'block-device' } },
      { name: 'tty', header: { type: 'character-device' } },
      { name: 'pipe', header: { type: 'fifo' } },
      { name: 'a.json', data: 'one' },
    ]);
    expect(named(await readMembers(tar, 'up'))).toEqual([
      ['up/soft', '', 'a symbolic link to etc/passwd\ufffd, which is not followed'],
      ['up/hard', '', 'a hard link to __/a, which is not followed'],
      ['up/disk', '', 'a device, which is not read'],
      ['up/tty', '', 'a device, which is not read'],
      ['up/pipe', '', 'a named pipe, which is not read'],
      ['up/a.json', 'one', null],
    ]);
  });

  it('have names that are labels only, and each its own', async () => {
    const names = [
      '../../etc/passwd',
      '/etc/passwd',
      'C:\\logs\\a',
      'logs/a',
      'logs/./a',
      'b\u202e\u0007',
      '..',
    ];
    const tar = await makeTar(names.map((name) => ({ name, data: 'x' })));
    expect((await readMembers(tar, 'up')).map((member) => member.name)).toEqual([
      'up/__/__/etc/passwd',
      'up/etc/passwd',
      'up/logs/a',
      'up/logs/a (2)',
      'up/logs/a (3)',
      'up/b\ufffd\ufffd',
      'up/__',
    ]);
  });

  it('give what was read when cut off, and say so', { timeout: 60_000 }, async () => {
    const tar = await makeTar([
      { name: 'a.json', data: 'one' },
      { name: 'b.json', data: 'two'.repeat(200) },
    ]);
    const whole = { a: 'one', b: 'two'.repeat(200) };
    for (let length = 513; length < tar.length - 512; length += 17) {
      const members = await readMembers(tar.subarray(0, length), 'up');
      const [a, b] = ['a', 'b'].map(
        (name) => members.find((one) => one.name === `up/${name}.json`)?.text ?? '',
      );
      expect(whole.a.startsWith(a ?? '') && whole.b.startsWith(b ?? '')).toBe(true);
      expect(members.filter((member) => member.problem !== null)).toHaveLength(1);
      expect(members.at(-1)?.problem).toMatch(/cut off/);
    }
  });

  it('packed with gzip, give no more than they hold when cut off at any byte', {
    timeout: 60_000,
  }, async () => {
    const packed = zlib.gzipSync(await makeTar([{ name: 'a.json', data: 'one\n'.repeat(500) }]));
    for (let length = 0; length < packed.length; length++) {
      const members = await readMembers(packed.subarray(0, length), 'up');
      // Of less than a header nobody can tell that it is tar.
      const [file] = members.filter((member) => member.name === 'up/a.json');
      expect('one\n'.repeat(500).startsWith(file?.text ?? '')).toBe(true);
      if (length > 2) expect(members.some((member) => /cut off/.test(member.problem ?? ''))).toBe(true);
    }
  });

  it('that are damaged give what came before, and say so', async () => {
    const tar = await makeTar([
      { name: 'a.json', data: 'one' },
      { name: 'b.json', data: 'two' },
    ]);
    tar.write('damaged', 1024 + 40);
    expect(named(await readMembers(tar, 'up'))).toEqual([
      ['up/a.json', 'one', null],
      ['up', '', expect.stringMatching(/tar archive is damaged .*the rest was not read/)],
    ]);
    // A size beyond the archive's end swallows what follows, and no more than that.
    const lying = await makeTar([{ name: 'a.json', data: 'one' }]);
    lying.write('77777777777', 124);
    lying.fill(' ', 148, 156);
    const sum = lying.subarray(0, 512).reduce((total, byte) => total + byte, 0);
    lying.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const [member] = await readMembers(lying, 'up');
    expect(member?.text.length).toBe(lying.length - 512);
    expect(member?.problem).toMatch(/cut off/);
  });

  it('hold thousands of files, up to the limit', { timeout: 30_000 }, async () => {
    const tar = await makeTar(Array.from({ length: 2000 }, (_, i) => ({ name: `${i}.json`, data: `${i}` })));
    const all = await readMembers(zlib.gzipSync(tar), 'up');
    expect(all).toHaveLength(2000);
    expect(all.every((member, i) => member.text === `${i}` && member.problem === null)).toBe(true);
    const some = await readMembers(tar, 'up', { limits: { ...UNPACK_LIMITS, entries: 30 } });
    expect(some).toHaveLength(31);
    expect(some.at(-1)).toMatchObject({ name: 'up', problem: expect.stringMatching(/more than 30 files/) });
  });

  it('that unpack without end stop at the limits', async () => {
    const tar = await makeTar([{ name: 'a', data: Buffer.alloc(20 << 20) }]);
    const limits = { ...UNPACK_LIMITS, ratioFrom: 1 << 20 };
    const members = await readMembers(zlib.gzipSync(tar), 'up', { limits });
    expect(members.some((member) => /more than 500 times/.test(member.problem ?? ''))).toBe(true);
    expect(members[0]?.text.length).toBeLessThan(20 << 20);
  });

  it('with nothing in them say so', async () => {
    const tar = await makeTar([{ name: 'logs', header: { type: 'directory' } }]);
    expect(named(await readMembers(tar, 'up'))).toEqual([['up', '', 'the archive holds no files']]);
  });
});
