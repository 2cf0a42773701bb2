/**
 * Writes the Prisma client into lib/storage/generated without reaching the network, unless it is there already and
 * made from this schema by this Prisma. The CLI insists that a schema engine exists although `generate` never starts
 * it, so it is shown Node's own binary, for this one command only: `prisma migrate` still fetches the real engine for
 * those who use it. Other commands that never start the engine can be named: `node prisma/generate.mjs validate`.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const root = path.dirname(import.meta.dirname);
const manifest = createRequire(import.meta.url).resolve('prisma/package.json');
const stamp = path.join(root, 'lib/storage/generated/made-from');
const command = process.argv[2] ?? 'generate';
const source = createHash('sha256')
  .update(fs.readFileSync(path.join(root, 'prisma/schema.prisma')))
  .update(fs.readFileSync(manifest))
  .digest('hex');

if (command === 'generate') {
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === source) process.exit(0);
  fs.rmSync(stamp, { force: true });
}
const { status, stdout, stderr } = spawnSync(
  process.execPath,
  [path.join(path.dirname(manifest), 'build/index.js'), command],
  {
    cwd: root,
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
    encoding: 'utf8',
  },
);
// Silent when all is well: this runs before every start and every test.
if (command !== 'generate' || status !== 0) process.stdout.write(stdout + stderr);
else fs.writeFileSync(stamp, source);
process.exit(status ?? 1);
