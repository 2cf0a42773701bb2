import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { forgetBuild, isBuildFresh, markBuildFresh, sourceHash } from './freshness';
import type { Product } from './launch';
import type { Settings } from './settings';

/** The programs of Sequela as they are in the checkout at `root`. */
export function theProduct(root: string, { host, port, dev }: Settings): Product {
  const near = createRequire(path.join(root, 'package.json'));
  const next = near.resolve('next/dist/bin/next');
  const tsx = pathToFileURL(near.resolve('tsx')).href;
  const mode = { NODE_ENV: dev ? 'development' : 'production' };
  return {
    root,
    web: {
      name: 'web server',
      args: [next, dev ? 'dev' : 'start', '-H', host, '-p', String(port)],
      watchesParent: !dev,
      env: mode,
    },
    worker: { name: 'worker', args: ['--import', tsx, path.join(root, 'lib/worker/main.ts')], env: mode },
    prepare: async (say, stopping) => {
      await runToEnd(
        root,
        [path.join(root, 'prisma/generate.mjs')],
        'The database client could not be made',
        stopping,
      );
      if (dev) return;
      const hash = sourceHash(root);
      if (isBuildFresh(root, hash)) return;
      say('Building the web app from its sources; this takes a minute and happens once per change…');
      forgetBuild(root);
      await runToEnd(root, [next, 'build'], 'The web app could not be built', stopping);
      markBuildFresh(root, hash);
    },
  };
}

/** Runs a Node program quietly; throws `failure` with what it wrote when it does not succeed. */
function runToEnd(root: string, args: string[], failure: string, stopping: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: stopping,
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk).slice(-8_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${failure}:\n${output.trimEnd()}`)),
    );
  });
}
