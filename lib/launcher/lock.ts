import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** Who has the lock, told by itself. */
export type Holder = { readonly pid: number; readonly address: string };

export type Lock = { release(): Promise<void> };

/**
 * Takes the lock of a folder for as long as this program lives, or answers who has it.
 *
 * The lock is a socket being listened on, not a file: the operating system closes it with the program, however that
 * ends, so kill -9 leaves no stale lock and a reused process id cannot be mistaken for the holder. Linux and Windows
 * names vanish with the socket; elsewhere the socket leaves a file, which is removed when nobody answers on it.
 */
export async function takeLock(folder: string, self: Holder): Promise<Lock | { readonly heldBy: Holder }> {
  const name = socketName(folder);
  for (let attempt = 1; ; attempt++) {
    const server = await listen(name, self);
    if (server) return { release: () => new Promise((resolve) => server.close(() => resolve())) };
    const holder = await ask(name);
    if (holder) return { heldBy: holder };
    if (attempt === 3) return { heldBy: { pid: 0, address: '' } };
    if (!name.startsWith('\0') && !name.startsWith('\\\\')) fs.rmSync(name, { force: true });
  }
}

function socketName(folder: string): string {
  const id = `sequela-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
  if (process.platform === 'linux') return `\0${id}`;
  if (process.platform === 'win32') return `\\\\.\\pipe\\${id}`;
  return path.join(os.tmpdir(), `${id}.sock`);
}

function listen(name: string, self: Holder): Promise<net.Server | undefined> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((socket) => {
      socket.on('error', () => {});
      socket.end(JSON.stringify(self));
    });
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error),
    );
    server.listen(name, () => {
      server.unref();
      resolve(server);
    });
  });
}

function ask(name: string): Promise<Holder | undefined> {
  return new Promise((resolve) => {
    let text = '';
    const socket = net.connect(name);
    // Somebody listens but does not say who: still somebody.
    socket.setTimeout(2_000, () => {
      socket.destroy();
      resolve({ pid: 0, address: '' });
    });
    socket.on('data', (chunk) => {
      text += chunk;
    });
    socket.once('end', () => {
      try {
        resolve(JSON.parse(text) as Holder);
      } catch {
        resolve({ pid: 0, address: '' });
      }
    });
    socket.once('error', () => resolve(undefined));
  });
}
