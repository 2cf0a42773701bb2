import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { forgetBuild, isBuildFresh, markBuildFresh, sourceHash } from './freshness';

let root: string;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'sequela-fresh-'));
  write('app/page.tsx', 'page');
  write('lib/base/time.ts', 'time');
  write('.next/BUILD_ID', 'x');
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

it('changes with contents, names and the lock file, not with times, tests or generated code', () => {
  const before = sourceHash(root);
  fs.utimesSync(path.join(root, 'app/page.tsx'), 1, 1);
  write('lib/base/time.test.ts', 'test');
  write('lib/storage/generated/client.ts', 'client');
  expect(sourceHash(root)).toBe(before);

  write('package-lock.json', '{}');
  const locked = sourceHash(root);
  expect(locked).not.toBe(before);
  fs.renameSync(path.join(root, 'app/page.tsx'), path.join(root, 'app/other.tsx'));
  expect(sourceHash(root)).not.toBe(locked);
});

it('calls a build fresh only if it is complete and made from these sources', () => {
  const hash = sourceHash(root);
  expect(isBuildFresh(root, hash)).toBe(false);
  markBuildFresh(root, hash);
  expect(isBuildFresh(root, hash)).toBe(true);
  write('app/page.tsx', 'changed');
  expect(isBuildFresh(root, sourceHash(root))).toBe(false);
  fs.rmSync(path.join(root, '.next/BUILD_ID'));
  expect(isBuildFresh(root, hash)).toBe(false);
  forgetBuild(root);
  expect(isBuildFresh(root, hash)).toBe(false);
});

function write(name: string, text: string): void {
  fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
  fs.writeFileSync(path.join(root, name), text);
}
