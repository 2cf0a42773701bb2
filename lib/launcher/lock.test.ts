import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { takeLock } from './lock';

const self = { pid: process.pid, address: 'http://127.0.0.1:3000' };

it('gives a folder to one taker and tells the next one who has it', async () => {
  const folder = `/nowhere/${Math.random()}`;
  const lock = await takeLock(folder, self);
  expect(await takeLock(folder, { pid: 2, address: '' })).toEqual({ heldBy: self });
  expect(await takeLock(`${folder}/other`, self)).toHaveProperty('release');
  if ('release' in lock) await lock.release();
  expect(await takeLock(folder, self)).toHaveProperty('release');
});

it('is free again after its holder was killed with -9', async () => {
  const folder = `/nowhere/${Math.random()}`;
  const source = `import { takeLock } from ${JSON.stringify(pathToFileURL(path.join(import.meta.dirname, 'lock.ts')).href)};
    await takeLock(${JSON.stringify(folder)}, { pid: process.pid, address: '' });
    process.send('taken'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', source], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  expect(await takeLock(folder, self)).toEqual({ heldBy: { pid: child.pid, address: '' } });
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await takeLock(folder, self)).toHaveProperty('release');
});
