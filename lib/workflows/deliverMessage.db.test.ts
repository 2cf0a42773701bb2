import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { setEnvironment } from '../base/testEnvironment';
import { closeStorage, pool, transaction } from '../storage/client';
import { addDeliveries, findDelivery } from '../storage/deliveries';
import { createTestDatabase, type TestDatabase } from '../storage/testDatabase';
import { readDeliveries, retryDelivery, testWebhook } from './deliveries';
import { deliverMessage } from './deliverMessage';
import { addWebhook, changeWebhook, readWebhooks, removeWebhook } from './notificationWebhooks';

const actor = { name: 'root', role: 'administrator' } as const;

let database: TestDatabase;
let restore: () => void;
let receiver: http.Server;
let url: string;
/** What the receiver was sent, and the status it answers with. */
let received: { headers: http.IncomingHttpHeaders; body: string }[] = [];
let answer: (response: http.ServerResponse) => void;

beforeAll(async () => {
  database = await createTestDatabase();
  restore = setEnvironment({
    DATABASE_URL: database.url,
    SEQUELA_SECRET: 'a secret of the server, for tests only',
    SEQUELA_URL: 'https://sequela.corp',
    SEQUELA_WEBHOOK_ALLOW: '127.0.0.1',
  });
  receiver = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      answer(response);
    });
  });
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
beforeEach(() => {
  received = [];
  answer = (response) => response.writeHead(204).end();
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await closeStorage();
  await database.drop();
  restore();
});

const hook = () => addWebhook(actor, { name: 'chat', url, kinds: ['finding.assigned'] });
const stateOf = async (id: string) => {
  const found = await findDelivery(Number(id));
  return found && { state: found.state, attempts: found.attempts, lastError: found.lastError };
};

/** Seconds until the job of a message is due; undefined when it has none. */
async function dueIn(id: string): Promise<number | undefined> {
  const { rows } = await pool().query<{ seconds: number }>(
    `SELECT extract(epoch FROM run_at - now())::int AS seconds FROM graphile_worker.jobs WHERE key = $1`,
    [`delivery:${id}`],
  );
  return rows[0]?.seconds;
}

describe('a message to a webhook', () => {
  it('arrives signed, with the id of the delivery, and says what happened', async () => {
    const { webhook, secret } = await hook();
    const { id } = await testWebhook(actor, webhook.id);
    await deliverMessage(Number(id));
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    const [, seconds, signature] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(headers['sequela-signature'])) ?? [];
    expect(signature).toBe(createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex'));
    expect(Math.abs(Number(seconds) - Date.now() / 1000)).toBeLessThan(60);
    expect(headers['sequela-delivery']).toBe(id);
    expect(headers['content-type']).toMatch('application/json');
    expect(JSON.parse(body)).toMatchObject({
      id,
      kind: 'test',
      by: 'root',
      url: 'https://sequela.corp/admin/webhooks',
    });
    expect(await stateOf(id)).toEqual({ state: 'sent', attempts: 1, lastError: null });
    // The queue runs a job again after a crash: what arrived is not sent twice.
    await deliverMessage(Number(id));
    expect(received).toHaveLength(1);
  });

  it('is tried eight times over a day with growing waits, then given up, and can be sent once more', async () => {
    answer = (response) => response.writeHead(503).end('busy');
    const { webhook } = await hook();
    const { id } = await testWebhook(actor, webhook.id);
    const waits: (number | undefined)[] = [];
    for (let n = 1; n <= 8; n++) {
      await pool().query('SELECT graphile_worker.remove_job($1)', [`delivery:${id}`]);
      await deliverMessage(Number(id));
      waits.push(await dueIn(id));
    }
    expect(waits.pop()).toBeUndefined();
    expect(waits.map((seconds) => Math.round((seconds ?? 0) / 30) / 2)).toEqual([
      0.5, 2, 10, 30, 120, 360, 780,
    ]);
    expect(await stateOf(id)).toEqual({ state: 'failed', attempts: 8, lastError: 'answered 503' });
    expect((await readWebhooks()).items.find((item) => item.id === webhook.id)).toMatchObject({
      lastState: 'failed',
      failed: 1,
    });

    answer = (response) => response.writeHead(200).end();
    expect(await retryDelivery(actor, webhook.id, Number(id))).toMatchObject({
      state: 'waiting',
      attempts: 0,
    });
    expect(await dueIn(id)).toBeLessThanOrEqual(1);
    await deliverMessage(Number(id));
    expect(await stateOf(id)).toMatchObject({ state: 'sent' });
    await expect(retryDelivery(actor, webhook.id, Number(id))).rejects.toMatchObject({ code: 'conflict' });
    await expect(retryDelivery(actor, webhook.id + 1, Number(id))).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('follows no redirect and keeps nothing of an endless answer', async () => {
    const { webhook } = await hook();
    answer = (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/inside' }).end();
    const redirected = await testWebhook(actor, webhook.id);
    await deliverMessage(Number(redirected.id));
    expect(await stateOf(redirected.id)).toMatchObject({
      state: 'waiting',
      lastError: 'answered 302; redirects are not followed',
    });
    answer = (response) => {
      response.writeHead(200);
      const pour = () => {
        while (response.write('x'.repeat(4_096)));
      };
      response.on('drain', pour);
      response.on('error', () => undefined);
      pour();
    };
    const poured = await testWebhook(actor, webhook.id);
    await deliverMessage(Number(poured.id));
    expect(await stateOf(poured.id)).toEqual({ state: 'sent', attempts: 1, lastError: null });
  });

  it('says in words that nobody listens', async () => {
    const { webhook } = await addWebhook(actor, {
      name: 'dead',
      url: 'http://127.0.0.1:1/',
      kinds: ['case.submitted'],
    });
    const { id } = await testWebhook(actor, webhook.id);
    await deliverMessage(Number(id));
    expect((await stateOf(id))?.lastError).toBe('the connection was refused (ECONNREFUSED)');
  });

  it('is given up at once where it must not go any more', async () => {
    const { webhook } = await hook();
    const [id = 0] = await transaction((connection) =>
      addDeliveries(connection, [
        {
          channel: 'webhook',
          webhookId: webhook.id,
          payload: { kind: 'finding.assigned', subject: 's', by: null, text: 't', link: '/', people: [] },
        },
      ]),
    );
    const back = setEnvironment({ SEQUELA_WEBHOOK_ALLOW: '' });
    await deliverMessage(id).finally(back);
    expect(await stateOf(String(id))).toMatchObject({
      state: 'failed',
      lastError: expect.stringContaining('127.0.0.1 is not an address of the public internet'),
    });
    expect(received).toEqual([]);
  });
});

describe('webhooks', () => {
  it('are changed from what was seen, and never show their secret again', async () => {
    const { webhook, secret } = await hook();
    const { rows } = await pool().query('SELECT secret FROM webhooks WHERE id = $1', [webhook.id]);
    expect(rows[0].secret).not.toContain(secret);
    expect(JSON.stringify(await readWebhooks())).not.toContain(secret);
    const changed = await changeWebhook(actor, webhook.id, { enabled: false, revision: webhook.revision });
    expect(changed.enabled).toBe(false);
    await expect(
      changeWebhook(actor, webhook.id, { name: 'x', revision: webhook.revision }),
    ).rejects.toMatchObject({ code: 'conflict' });
    await expect(
      changeWebhook(actor, webhook.id, { url: 'http://10.0.0.1/', revision: changed.revision }),
    ).rejects.toMatchObject({ code: 'bad_request' });
    await removeWebhook(actor, webhook.id);
    await expect(readDeliveries(webhook.id, {})).rejects.toMatchObject({ code: 'not_found' });
    const audit = await pool().query(`SELECT action, details FROM audit WHERE subject = $1 ORDER BY id`, [
      `webhook:${webhook.id}`,
    ]);
    expect(audit.rows.map((row) => row.action)).toEqual([
      'webhook.added',
      'webhook.changed',
      'webhook.removed',
    ]);
    expect(JSON.stringify(audit.rows)).not.toContain('/hook');
  });
});

describe('a mail', () => {
  let server: SMTPServer;
  let mails: { from: string; to: readonly string[]; text: string }[] = [];
  let refuse = false;
  let back: () => void;

  beforeEach(async () => {
    mails = [];
    refuse = false;
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onRcptTo: (_address, _session, done) =>
        done(refuse ? Object.assign(new Error('try later'), { responseCode: 451 }) : undefined),
      onData: (stream, { envelope }, done) => {
        let text = '';
        stream.on('data', (chunk: Buffer) => {
          text += chunk.toString();
        });
        stream.on('end', () => {
          const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
          mails.push({ from, to: envelope.rcptTo.map(({ address }) => address), text });
          done();
        });
      },
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    back = setEnvironment({
      SEQUELA_SMTP_URL: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
      SEQUELA_MAIL_FROM: 'Sequela <sequela@corp.example>',
    });
  });
  afterEach(async () => {
    back();
    await new Promise<void>((done) => server.close(done));
  });

  async function queueMail(address: string, text: string): Promise<string> {
    const [id = 0] = await transaction((connection) =>
      addDeliveries(connection, [
        {
          channel: 'mail',
          address,
          payload: {
            kind: 'finding.assigned',
            subject: 'finding:f1',
            by: 'ben',
            text,
            link: '/findings/f1',
            people: ['anna'],
          },
        },
      ]),
    );
    return String(id);
  }

  it('arrives as plain text with the link', async () => {
    const id = await queueMail('anna@corp.example', 'Ben gave you a finding.');
    await deliverMessage(Number(id));
    expect(await stateOf(id)).toMatchObject({ state: 'sent', lastError: null });
    expect(mails).toMatchObject([{ from: 'sequela@corp.example', to: ['anna@corp.example'] }]);
    const text = mails[0]?.text ?? '';
    expect(text).toMatch(/^Subject: Sequela: Ben gave you a finding\.\r$/m);
    expect(text).toMatch(/^Content-Type: text\/plain/m);
    expect(text).not.toContain('text/html');
    expect(text).toContain('https://sequela.corp/findings/f1');
  });

  it('cannot be given further headers or recipients by text or address', async () => {
    const id = await queueMail('anna@corp.example', 'host\r\nBcc: eve@evil.example\r\n\r\n<b>x</b>');
    await deliverMessage(Number(id));
    expect(mails).toMatchObject([{ to: ['anna@corp.example'] }]);
    expect(mails[0]?.text).not.toMatch(/^Bcc:/m);
    for (const address of [
      'anna@corp.example, eve@evil.example',
      'anna@corp.example\r\nBcc: eve@evil.example',
      '<eve@evil.example>',
      'Eve <eve@evil.example>',
      '',
    ]) {
      const refused = await queueMail(address, 'x');
      await deliverMessage(Number(refused));
      expect(await stateOf(refused)).toMatchObject({ state: 'failed', attempts: 1 });
    }
    expect(mails).toHaveLength(1);
  });

  it('is tried again when the mail server says later', async () => {
    refuse = true;
    const id = await queueMail('anna@corp.example', 'x');
    await deliverMessage(Number(id));
    expect(await stateOf(id)).toEqual({
      state: 'waiting',
      attempts: 1,
      lastError: 'the mail server answered 451',
    });
    refuse = false;
    await deliverMessage(Number(id));
    expect(await stateOf(id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect((await readWebhooks()).mail).toMatchObject({ set: true });
  });
});
