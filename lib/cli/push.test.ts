import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parsePushArguments } from './pushArguments';
import { pushFolder } from './pushFolder';
import { MEMORY_FILE } from './pushMemory';

type Upload = {
  readonly name: string;
  readonly body: string;
  readonly key: string | undefined;
  readonly length: number;
};
type Reply = { readonly status: number; readonly body?: object; readonly headers?: Record<string, string> };

let folder: string;
let outside: string;
let server: Server;
let url: string;
let uploads: Upload[];
let said: string[];
let reply: (upload: Upload, n: number) => Reply;
let requests: number;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'sequela-push-'));
  outside = mkdtempSync(path.join(tmpdir(), 'sequela-outside-'));
  uploads = [];
  said = [];
  requests = 0;
  reply = (_, n) => ({ status: 201, body: { id: String(n), alreadyImported: false } });
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const address = new URL(request.url ?? '', 'http://x');
      const upload = {
        name: address.searchParams.get('name') ?? '',
        body: Buffer.concat(parts).toString(),
        key: request.headers.authorization,
        length: Number(request.headers['content-length']),
      };
      requests++;
      const { status, body = {}, headers = {} } = reply(upload, requests);
      if (status < 300) uploads.push(upload);
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
  for (const each of [folder, outside]) rmSync(each, { recursive: true, force: true });
});

function put(name: string, content: string, time = 1_000_000): void {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), content);
  utimesSync(path.join(folder, name), time, time);
}

const options = (change: object = {}) => ({
  folder,
  server: { url, key: 'k1' },
  once: true,
  everyMs: 30,
  retryMs: 10,
  say: (line: string) => void said.push(line),
  stop: new AbortController().signal,
  abort: new AbortController().signal,
  ...change,
});
const push = (change: object = {}) => pushFolder(options(change));
const memory = () =>
  JSON.parse(readFileSync(path.join(folder, MEMORY_FILE), 'utf8')).servers[url] as Record<
    string,
    Record<string, unknown>
  >;
const names = () => uploads.map((upload) => upload.name);

describe('push', () => {
  it('sends every file once, in order of name, with the key, and remembers it', async () => {
    put('b.json', '{"b":1}');
    put('a.json', '{"a":1}');
    put('sub/c.csv', 'x,y\n1,2\n');
    put('.hidden.json', '{}');
    put('.git/d.json', '{}');
    put('empty.json', '');
    await push();
    expect(names()).toEqual(['a.json', 'b.json', 'sub/c.csv']);
    expect(uploads[0]).toEqual({ name: 'a.json', body: '{"a":1}', key: 'Bearer k1', length: 7 });
    expect(memory()['sub/c.csv']).toEqual({
      size: 8,
      mtimeMs: 1_000_000_000,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      importId: '3',
    });
    await push();
    expect(uploads).toHaveLength(3);
    put('d.json', '{"d":1}');
    await push();
    expect(names().slice(3)).toEqual(['d.json']);
  });

  it('does not send the same bytes under another name or date, but sends a file that has changed', async () => {
    put('a.json', 'one');
    await push();
    put('copy.json', 'one');
    put('a.json', 'one', 2_000_000);
    await push();
    expect(uploads).toHaveLength(1);
    expect(memory()['copy.json']).toMatchObject({ importId: '1' });
    put('a.json', 'one and two', 3_000_000);
    await push();
    expect(uploads.map((upload) => upload.body)).toEqual(['one', 'one and two']);
  });

  it('waits until a file has stopped growing', async () => {
    put('a.json', 'x');
    const stop = new AbortController();
    const running = push({ once: false, everyMs: 60, stop: stop.signal });
    for (let i = 1; i <= 5; i++) {
      await sleep(25);
      put('a.json', 'x'.repeat(i + 1), 1_000_000 + i);
    }
    expect(uploads).toHaveLength(0);
    await waitFor(() => uploads.length > 0);
    stop.abort();
    await running;
    expect(uploads.map((upload) => upload.body)).toEqual(['xxxxxx']);
  });

  it('follows the folder until it is stopped', async () => {
    const stop = new AbortController();
    const running = push({ once: false, stop: stop.signal });
    await sleep(50);
    put('late.json', 'late');
    await waitFor(() => uploads.length === 1);
    stop.abort();
    await running;
    expect(names()).toEqual(['late.json']);
  });

  it('tries again when the server is busy or fails, and not before it says so', async () => {
    put('a.json', 'x');
    const answers: Reply[] = [
      { status: 503, body: { detail: 'The database is away.' } },
      { status: 429, headers: { 'retry-after': '0' } },
    ];
    reply = (_, n) => answers[n - 1] ?? { status: 201, body: { id: '9' } };
    await push();
    expect(requests).toBe(3);
    expect(said[0]).toContain('not sent yet: The database is away.');
    expect(memory()['a.json']).toMatchObject({ importId: '9' });
  });

  it('goes on where it was when the server was away, and nothing is sent twice', async () => {
    put('a.json', 'a');
    put('b.json', 'b');
    reply = (upload, n) =>
      upload.name === 'b.json' ? { status: 500 } : { status: 201, body: { id: String(n) } };
    await expect(push()).rejects.toThrow(/did not take b.json/);
    reply = (_, n) => ({ status: 201, body: { id: String(n) } });
    await push();
    expect(names()).toEqual(['a.json', 'b.json']);
  });

  it('leaves a file that changes between two tries to the next look', async () => {
    put('a.json', 'old');
    reply = () => {
      put('a.json', 'new content', 2_000_000);
      reply = (_, n) => ({ status: 201, body: { id: String(n) } });
      return { status: 503 };
    };
    await push();
    expect(uploads).toHaveLength(0);
    await push();
    expect(uploads.map((upload) => upload.body)).toEqual(['new content']);
  });

  it('says what the server refused in its words, and does not ask again', async () => {
    put('a.json', 'x');
    reply = () => ({
      status: 413,
      body: { title: 'Too large', detail: 'The upload is larger than 1 byte.' },
    });
    await push();
    await push();
    expect(requests).toBe(1);
    expect(said).toEqual(['a.json refused: The upload is larger than 1 byte.']);
    expect(memory()['a.json']).toMatchObject({ refused: 'The upload is larger than 1 byte.' });
  });

  it('stops at a key that is not taken, and at an address that is not Sequela, without blaming the files', async () => {
    put('a.json', 'x');
    reply = () => ({ status: 401, body: { detail: 'The API key is not one of this server.' } });
    await expect(push()).rejects.toThrow(/does not take the key.*not one of this server/);
    reply = () => ({ status: 200, body: { hello: 'world' } });
    await expect(push()).rejects.toThrow(/is not Sequela's address/);
    reply = (_, n) => ({ status: 201, body: { id: String(n) } });
    await push();
    expect(uploads.at(-1)?.name).toBe('a.json');
  });

  it('follows links to files within the folder only', async () => {
    writeFileSync(path.join(outside, 'secret.json'), 'secret');
    put('real.json', 'real');
    symlinkSync(path.join(outside, 'secret.json'), path.join(folder, 'out.json'));
    symlinkSync(outside, path.join(folder, 'away'));
    symlinkSync(path.join(folder, 'real.json'), path.join(folder, 'within.json'));
    await push();
    expect(uploads.map((upload) => upload.body)).toEqual(['real']);
    expect(Object.keys(memory())).toEqual(['real.json', 'within.json']);
  });

  it('refuses a memory it cannot read instead of sending everything again', async () => {
    put('a.json', 'x');
    writeFileSync(path.join(folder, MEMORY_FILE), '{"version":');
    await expect(push()).rejects.toThrow(/is not what push wrote/);
    expect(requests).toBe(0);
  });

  it('keeps what it sent to one server apart from what it sent to another', async () => {
    put('a.json', 'x');
    await push();
    await push({ server: { url: url.replace('127.0.0.1', 'localhost'), key: undefined } }).catch(
      () => undefined,
    );
    expect(requests).toBeGreaterThan(1);
  });
});

describe('the command', () => {
  const run = async (words: readonly string[], onLine?: (line: string, kill: () => void) => void) => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', path.join(import.meta.dirname, 'push.ts'), ...words],
      {
        env: { ...process.env, SEQUELA_API_KEY: 'secret' },
      },
    );
    let [out, err] = ['', ''];
    child.stdout.on('data', (part: Buffer) => {
      out += part.toString();
      onLine?.(part.toString(), () => child.kill('SIGTERM'));
    });
    child.stderr.on('data', (part: Buffer) => {
      err += part.toString();
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    return { code, out, err };
  };

  it('ends with 0 when all is sent, and when it is asked to stop; the key comes from the environment', async () => {
    put('a.json', 'x');
    const first = await run([folder, '--url', url, '--once', '--every', '0.1']);
    expect(first).toEqual({ code: 0, out: 'a.json sent: import 1\n', err: '' });
    expect(uploads[0]?.key).toBe('Bearer secret');
    put('b.json', 'y');
    const second = await run([folder, '--url', url, '--every=0.1'], (line, kill) => {
      if (line.includes('b.json sent')) kill();
    });
    expect(second.code).toBe(0);
    expect(second.out).toContain('stopping');
  }, 30_000);

  it('ends with 2 and one line for a folder that is not there', async () => {
    const { code, err } = await run([path.join(folder, 'nowhere'), '--once']);
    expect(code).toBe(2);
    expect(err).toMatch(/^push: .*nowhere cannot be read \(ENOENT\)\n$/);
  }, 30_000);

  it('knows its options', () => {
    expect(parsePushArguments(['x', '--url=https://s.example/', '--once'])).toEqual({
      folder: 'x',
      url: 'https://s.example',
      once: true,
      everyMs: 5000,
      help: false,
    });
    for (const words of [[], ['a', 'b'], ['a', '--twice'], ['a', '--url', 'ftp://x'], ['a', '--every', '0']])
      expect(() => parsePushArguments(words)).toThrow(/usage/);
  });
});

async function waitFor(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 200 && !condition(); i++) await sleep(20);
  expect(condition()).toBe(true);
}
