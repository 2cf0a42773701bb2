/**
 * Writes the Prisma client into lib/storage/generated without reaching the network. The CLI insists that a schema
 * engine exists although `generate` never starts it, so it is shown Node's own binary, for this one command only:
 * `prisma migrate` still fetches the real engine for those who use it. Other commands that never start the
 * engine can be named: `node prisma/generate.mjs validate`, `... format`.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

const cli = path.join(
  path.dirname(createRequire(import.meta.url).resolve('prisma/package.json')),
  'build/index.js',
);
const command = process.argv[2] ?? 'generate';
const { status } = spawnSync(process.execPath, [cli, command], {
  cwd: path.dirname(import.meta.dirname),
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  },
  stdio: command === 'generate' ? ['ignore', 'ignore', 'inherit'] : 'inherit',
});
process.exit(status ?? 1);
