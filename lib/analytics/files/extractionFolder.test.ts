import { expect, it } from 'vitest';
import { extractionOf } from './extractionFolder';

const TEMP = 'c:\\users\\j.doe\\appdata\\local\\temp';
const GUID = 'd8f3a1b2-0c4d-4e5f-8a9b-1c2d3e4f5a6b';

it.each([
  [
    'Explorer',
    `${TEMP}\\temp1_bundle.zip\\a.js`,
    { archive: 'bundle.zip', folder: `${TEMP}\\temp1_bundle.zip` },
  ],
  [
    'Explorer, a folder deeper',
    `${TEMP}\\temp1_bundle.zip\\in\\a.js`,
    { archive: 'bundle.zip', folder: `${TEMP}\\temp1_bundle.zip` },
  ],
  [
    'newer Explorer',
    `${TEMP}\\${GUID}_bundle.zip.a6b\\a.js`,
    { archive: 'bundle.zip', folder: `${TEMP}\\${GUID}_bundle.zip.a6b` },
  ],
  [
    'an archive in an archive',
    `${TEMP}\\temp1_outer.zip\\temp2_inner.zip\\a.js`,
    { archive: 'inner.zip', folder: `${TEMP}\\temp1_outer.zip\\temp2_inner.zip` },
  ],
])('%s names the archive in its folder', (_, path, extraction) => {
  expect(extractionOf(path)).toEqual(extraction);
});

it.each([
  ['7-Zip', '7zo4c1d2a3b', '7zfm.exe'],
  ['WinRAR', 'rar$diz1234.5678', 'winrar.exe'],
  ['Bandizip', 'bnz.65a1b2c3', 'bandizip.exe'],
  ['PeaZip', 'peazip-tmp', 'peazip.exe'],
  ['WinZip', 'wz1a2b', 'winzip64.exe'],
])('%s does not, and its process has to', (_, folder, program) => {
  const extraction = extractionOf(`${TEMP}\\${folder}\\a.js`);
  expect(extraction?.archive).toBeUndefined();
  expect(extraction?.by).toContain(program);
});

it.each([
  ['c:\\users\\j.doe\\downloads\\a.js'],
  [`${TEMP}\\a.js`],
  [`${TEMP}\\wzard\\a.js`],
  [`${TEMP}\\tempting\\a.js`],
])('%s was not unpacked by any of them', (path) => {
  expect(extractionOf(path)).toBeUndefined();
});

it('is read at once however long a path is', () => {
  for (let i = 0; i < 50; i++) extractionOf(`${TEMP}\\${'temp1_'.repeat(5000)}\\${'a\\'.repeat(10_000)}a.js`);
});
