import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  A,
  add,
  addVersion,
  audited,
  B,
  BROKEN,
  C,
  change,
  forgetSets,
  read,
  rows,
  upload,
  useTestSets,
  zip,
} from './testSets';

let drop: () => Promise<void>;
beforeAll(async () => {
  drop = await useTestSets();
}, 240_000);
afterAll(() => drop());
beforeEach(forgetSets);

describe('an upload', () => {
  it('is a ZIP whose files of rules are read wherever they lie in it', async () => {
    const { status, value } = await upload(
      zip([
        { name: 'rules/windows/a.yml', data: A },
        { name: 'rules/b.YAML', data: `\ufeff${B}` },
        { name: 'picture.png', data: new Uint8Array([1, 2, 3]) },
        { name: 'latin.yml', data: new Uint8Array([0x74, 0xff, 0xfe]) },
      ]),
    );
    expect(status).toBe(201);
    expect(value).toMatchObject({ name: 'Sent', rules: { loaded: 2, refused: 1 } });
    expect(value.refused).toMatchObject([{ path: 'latin.yml', reason: expect.stringContaining('UTF-8') }]);
  });

  it('is a file of YAML, called as the set is', async () => {
    const { status, value } = await upload(Buffer.from(`${A}---\n${B}---\n${BROKEN}`), 'name=Pasted');
    expect(status).toBe(201);
    expect(value.rules).toMatchObject({ loaded: 2, refused: 1 });
    expect(value.refused[0]).toMatchObject({ path: 'Pasted.yml' });
  });

  it('replaces the rules of a set when it names one', async () => {
    const { value: set } = await add('Ours', { 'a.yml': A });
    const { status, value } = await upload(
      zip([{ name: 'b.yml', data: B }]),
      `name=ignored&set=${set.id}&note=autumn`,
    );
    expect(status).toBe(201);
    expect(value).toMatchObject({ id: set.id, name: 'Ours', version: 2, rules: { loaded: 1 } });
    expect(value.versions[0]).toMatchObject({ note: 'autumn', since: { added: 1, removed: 1, changed: 0 } });
    expect((await upload(Buffer.from(A), 'name=x&set=999')).status).toBe(404);
  });

  it.each([
    ['protected by a password', [{ name: 'a.yml', data: A, encrypted: true }], 'password'],
    ['with no rule in it', [{ name: 'a.txt', data: A }], 'not a rule file'],
    ['with nothing in it', [], 'no files'],
  ] as const)('is refused as a ZIP %s, and leaves nothing behind', async (_, entries, words) => {
    const { status, value } = await upload(zip(entries));
    expect(status).toBe(400);
    expect(value.detail).toContain(words);
    expect(await rows('sigma_sets')).toBe(0);
  });

  it('is refused as a ZIP that is cut off, and told of a damaged file in a whole one', async () => {
    const whole = zip([
      { name: 'a.yml', data: A },
      { name: 'b.yml', data: B, crc: 1 },
    ]);
    const cut = await upload(whole.subarray(0, whole.length - 40));
    expect(cut.status).toBe(400);
    expect(cut.value.detail).toContain('cannot be read');
    const { value } = await upload(whole);
    expect(value.rules).toMatchObject({ loaded: 1, refused: 1 });
    expect(value.refused).toMatchObject([{ path: 'b.yml', reason: expect.stringContaining('checksum') }]);
  });

  it('is refused when it has no bytes, or unpacks to too many', async () => {
    expect((await upload(new Uint8Array())).status).toBe(422);
    const bomb = Array.from({ length: 18 }, (_, i) => ({
      name: `${i}.yml`,
      data: `# ${'x'.repeat(1_990_000)}`,
    }));
    expect((await upload(zip(bomb))).status).toBe(413);
  });
});

describe('a new version', () => {
  it('is none when it brings the same rules again', async () => {
    const files = { 'a.yml': A, 'broken.yml': BROKEN };
    const { value: set } = await add('Ours', files);
    const { status, value } = await addVersion(set.id, files);
    expect(status).toBe(200);
    expect(value).toEqual(set);
    expect((await audited())[0]?.action).toBe('sigma.set_added');
    expect(await rows('sigma_set_versions')).toBe(1);
  });

  it('tells what came, went and changed, keeps the one before, and is chosen among as the set chooses', async () => {
    const { value: set } = await add('Ours', { 'a.yml': A, 'b.yml': B });
    const { value: changed } = await change(set, { chosen: { levels: ['high'] } });
    expect(changed.rules.chosen).toBe(1);
    const { status, value } = await addVersion(set.id, {
      'a.yml': A.replace('A rule of a test.', 'Better said.'),
      'c.yml': C,
    });
    expect(status).toBe(201);
    expect(value).toMatchObject({ version: 2, rules: { loaded: 2, chosen: 1 } });
    expect(value.versions).toMatchObject([
      { n: 2, since: { added: 1, removed: 1, changed: 1 } },
      { n: 1, rules: 2, since: null },
    ]);
    expect(value.revision).toBeGreaterThan(changed.revision);
    expect((await audited())[0]).toMatchObject({
      action: 'sigma.version_added',
      details: { version: 2, rules: 2 },
    });
  });

  it('is refused where there is no such set or none of its rules can be used', async () => {
    expect((await addVersion('999', { 'a.yml': A })).status).toBe(404);
    const { value: set } = await add('Ours', { 'a.yml': A });
    expect((await addVersion(set.id, { 'a.yml': BROKEN })).status).toBe(400);
    expect((await read(set.id)).value.version).toBe(1);
  });
});
