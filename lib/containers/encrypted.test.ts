import { TextReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import { describe, expect, it } from 'vitest';
import { readMembers } from './testMembers';
import { makeZip } from './testZip';

const TEXT = 'one line of a log\n'.repeat(20_000);
const KINDS = [
  ['ZipCrypto', { zipCrypto: true }],
  ['ZipCrypto, stored', { zipCrypto: true, level: 0 }],
  ['AES of 128 bits', { encryptionStrength: 1 }],
  ['AES of 192 bits', { encryptionStrength: 2 }],
  ['AES of 256 bits', { encryptionStrength: 3 }],
  ['AES, stored', { encryptionStrength: 3, level: 0 }],
] as const;

async function encrypt(
  options: (typeof KINDS)[number][1],
  text = TEXT,
  password = 'infected',
): Promise<Buffer> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false });
  await zip.add('a.json', new TextReader(text), { password, ...options });
  await zip.add('open.json', new TextReader('open'));
  return Buffer.from(await zip.close());
}

describe.each(KINDS)('an archive encrypted with %s', (_, kind) => {
  it('asks for its password, and still gives what is not encrypted', async () => {
    const zip = await encrypt(kind);
    expect(await readMembers(zip, 'up.zip', { password: '' })).toEqual(await readMembers(zip, 'up.zip'));
    const [locked, open] = await readMembers(zip, 'up.zip');
    expect(locked).toMatchObject({ name: 'up.zip/a.json', text: '', needsPassword: true });
    expect(locked?.problem).toMatch(/^encrypted: give the archive's password/);
    expect(open).toMatchObject({ text: 'open', needsPassword: false, problem: null });
  });

  it('opens with its password', async () => {
    for (const text of [TEXT, '', 'x']) {
      const [member] = await readMembers(await encrypt(kind, text), 'up.zip', { password: 'infected' });
      expect(member).toEqual({ name: 'up.zip/a.json', text, needsPassword: false, problem: null });
    }
  });

  it('says so of a wrong password, and gives nothing of it', { timeout: 60_000 }, async () => {
    const zip = await encrypt(kind, TEXT.slice(0, 2000));
    // ZipCrypto itself would let some of these pass.
    const passwords = [...Array.from({ length: 'zipCrypto' in kind ? 300 : 3 }, (_, i) => `wrong ${i}`)];
    for (const password of passwords) {
      const [member] = await readMembers(zip, 'up.zip', { password });
      expect(member).toMatchObject({ text: '', needsPassword: true });
      expect(member?.problem).toMatch(/the password given does not open it/);
    }
  });

  it('says so when it is damaged or cut off', { timeout: 60_000 }, async () => {
    const zip = await encrypt(kind, 'one line of a log\n'.repeat(8));
    for (let at = 30; at < zip.length; at += 3) {
      const flipped = Buffer.from(zip);
      flipped[at] = (flipped[at] ?? 0) ^ 0x10;
      for (const bytes of [flipped, zip.subarray(0, at)]) {
        const members = await readMembers(bytes, 'up.zip', { password: 'infected' });
        const whole = members.some((one) => one.text.includes('log\n'.repeat(8)));
        if (!whole) expect(members.length).toBeGreaterThan(0);
        const text = members.map((one) => one.text).join('');
        expect(text.length).toBeLessThan(1000);
        if (!text.startsWith('one line of a log\n'.repeat(8)))
          expect(members.some((one) => one.problem !== null)).toBe(true);
      }
    }
  });
});

describe('an encrypted archive', () => {
  it('opens within an archive too, with the same password', async () => {
    const outer = makeZip([{ name: 'inner.zip', data: await encrypt({ zipCrypto: true }) }]);
    expect((await readMembers(outer, 'up.zip'))[0]).toMatchObject({ text: '', needsPassword: true });
    const [member] = await readMembers(outer, 'up.zip', { password: 'infected' });
    expect(member).toMatchObject({ name: 'up.zip/inner.zip/a.json', text: TEXT, problem: null });
  });
});
