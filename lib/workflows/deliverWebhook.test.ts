import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setEnvironment } from '../base/testEnvironment';
import { parseAllowList } from './deliverAddress';
import { seal } from './deliverSignature';
import { deliverWebhook } from './deliverWebhook';

let receiver: http.Server;
let url = '';
/** What the receiver writes to the connection before it ends it; nothing when empty. */
let written = '';
let restore: () => void;

beforeAll(async () => {
  restore = setEnvironment({ SEQUELA_SECRET: 'a secret of the server, for tests only' });
  receiver = http.createServer((request) => {
    request.resume();
    request.on('end', () => {
      if (written === '') request.socket.destroy();
      else request.socket.write(written);
    });
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
afterAll(() => {
  receiver.closeAllConnections();
  receiver.close();
  restore();
});

const send = () =>
  deliverWebhook(
    {
      id: 1,
      channel: 'webhook',
      webhookId: 1,
      address: null,
      payload: { kind: 'test', subject: 'test', by: null, people: [], text: 'A test.', link: '/' },
      state: 'waiting',
      attempts: 0,
      lastError: null,
      createdAt: new Date(0),
      endedAt: null,
    },
    {
      id: 1,
      name: 'chat',
      url,
      secret: seal('sqwh_secret'),
      kinds: [],
      enabled: true,
      createdBy: 'ada',
      createdAt: new Date(0),
    },
    { allow: parseAllowList('127.0.0.1'), timeoutMs: 4_000 },
  );

describe('a message to a webhook', () => {
  it('fails at once when the receiver wants to speak something else than HTTP', async () => {
    written = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n';
    await expect(send()).rejects.toThrow('answered 101');
  });

  it('fails when the connection ends without an answer', async () => {
    written = '';
    await expect(send()).rejects.toThrow(/hang up|without an answer/);
  });

  it('has arrived with the status, also when the answer breaks off after it', async () => {
    written = 'HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n';
    written += 'x'.repeat(9_000);
    await expect(send()).resolves.toBeUndefined();
  });
});
