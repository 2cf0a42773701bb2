import { spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { routes } from '../lib/contracts/routes';
import { freePort } from '../lib/storage/embeddedPostgres';
import { ROOT } from './measurement';

export type WebServer = {
  readonly address: string;
  /** What answers: the production build, or the product's route handlers without Next around them. */
  readonly kind: 'next start' | 'route handlers';
  readonly stop: () => Promise<void>;
};

/** Serves the API on DATABASE_URL: by the production build when there is one, else by the route handlers themselves. */
export async function startWebServer(): Promise<WebServer> {
  const port = await freePort();
  // A build may be of an earlier version than what is to be measured: BENCH_SERVER=handlers.
  const built = process.env.BENCH_SERVER !== 'handlers' && fs.existsSync(path.join(ROOT, '.next/BUILD_ID'));
  return built ? startNext(port) : startHandlers(port);
}

async function startNext(port: number): Promise<WebServer> {
  const next = createRequire(path.join(ROOT, 'package.json')).resolve('next/dist/bin/next');
  const child = spawn(process.execPath, [next, 'start', '-H', '127.0.0.1', '-p', String(port)], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      SEQUELA_HOST: '127.0.0.1',
      SEQUELA_DEMO: 'true',
    },
    stdio: 'ignore',
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  process.once('exit', () => child.kill('SIGKILL'));
  const address = `http://127.0.0.1:${port}`;
  await untilAnswering(address, child);
  return {
    address,
    kind: 'next start',
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function untilAnswering(address: string, child: { readonly exitCode: number | null }): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline && child.exitCode === null) {
    const answer = await fetch(`${address}/api/v1/hosts?limit=1`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok === true) return;
    await sleep(100);
  }
  throw new Error('the web server did not come up');
}

type Handler = (request: Request, next: { params: Promise<Record<string, string>> }) => Promise<Response>;

async function startHandlers(port: number): Promise<WebServer> {
  const handlers = await loadHandlers();
  const server = http.createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', `http://127.0.0.1:${port}`);
    const found = handlers.flatMap(({ pattern, handler }) => {
      const match = pattern.exec(url.pathname);
      return match === null ? [] : [{ handler, id: match[1] }];
    })[0];
    if (found === undefined) {
      outgoing.writeHead(404).end();
      return;
    }
    const request = new Request(url, { headers: { host: `127.0.0.1:${port}` } });
    const params = found.id === undefined ? {} : { id: decodeURIComponent(found.id) };
    const response = await found.handler(request, { params: Promise.resolve(params) });
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (response.body === null) outgoing.end();
    else Readable.fromWeb(response.body as import('node:stream/web').ReadableStream).pipe(outgoing);
  });
  process.env.SEQUELA_HOST = '127.0.0.1';
  process.env.SEQUELA_DEMO = 'true';
  await new Promise<void>((ready) => server.listen(port, '127.0.0.1', ready));
  return {
    address: `http://127.0.0.1:${port}`,
    kind: 'route handlers',
    async stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function loadHandlers(): Promise<{ pattern: RegExp; handler: Handler }[]> {
  const handlers: { pattern: RegExp; handler: Handler }[] = [];
  for (const route of Object.values(routes)) {
    if (route.method !== 'GET') continue;
    const file = path.join(ROOT, 'app', route.path.replace('{id}', '[id]'), 'route.ts');
    if (!fs.existsSync(file)) continue;
    const module = (await import(pathToFileURL(file).href)) as { GET?: Handler };
    if (module.GET === undefined) continue;
    handlers.push({ pattern: new RegExp(`^${route.path.replace('{id}', '([^/]+)')}$`), handler: module.GET });
  }
  // `findings/new` is no finding called "new": what is spelled out comes before what takes any id.
  return handlers.sort(
    (a, b) => Number(a.pattern.source.includes('(')) - Number(b.pattern.source.includes('(')),
  );
}
