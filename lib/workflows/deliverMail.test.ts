import { afterEach, beforeEach, expect, it } from 'vitest';
import { setEnvironment } from '../base/testEnvironment';
import { mailOf, plainLine } from './deliverMail';

let restore: () => void;
beforeEach(() => {
  restore = setEnvironment({ SEQUELA_URL: 'https://sequela.corp/' });
});
afterEach(() => restore());

const BODY = {
  kind: 'finding.assigned',
  subject: 'finding:abc',
  by: 'anna',
  text: 'Anna Berg gave you a finding: Macro starts a shell on WS-7.',
  link: '/findings/abc',
  people: ['ben'],
};

it('says what happened and leads to it', () => {
  const { subject, text } = mailOf(BODY);
  expect(subject).toBe('Sequela: Anna Berg gave you a finding: Macro starts a shell on WS-7.');
  expect(text.split('\n').slice(0, 3)).toEqual([BODY.text, '', 'https://sequela.corp/findings/abc']);
});

it('leads nowhere outside this server, whatever the link', () => {
  expect(mailOf({ ...BODY, link: '//evil.example/x' }).text).not.toContain('evil.example');
});

it('names the place where the server has no address', () => {
  delete process.env.SEQUELA_URL;
  expect(mailOf(BODY).text).toContain('In Sequela: /findings/abc');
});

it('keeps text from telemetry on one line, with nothing hidden in it and no link of its own', () => {
  const { subject, text } = mailOf({
    ...BODY,
    text: 'a\r\nBcc: x@y.example\u202e\u200b http://evil.example/',
  });
  expect(subject).toBe('Sequela: a[U+000D][U+000A]Bcc: x@y.example[U+202E][U+200B] http[:]//evil.example/');
  expect(text.split('\n')[0]).toBe(subject.slice('Sequela: '.length));
  expect(plainLine('Größe 文件 👩')).toBe('Größe 文件 👩');
});

it('cuts a long subject between characters', () => {
  const { subject } = mailOf({ ...BODY, text: '👩'.repeat(300) });
  expect([...subject].length).toBe('Sequela: '.length + 120);
  expect(subject.endsWith('👩…')).toBe(true);
});

it('says of a report that a schedule names the address, not that its reader chose it', () => {
  expect(mailOf(BODY).text).toContain('by your own choice');
  const { text } = mailOf({ ...BODY, kind: 'report.board', link: '/api/v1/coverage/report?from=2026-11-16' });
  expect(text).not.toContain('by your own choice');
  expect(text).toContain('names this address: https://sequela.corp/coverage/reports');
  expect(text).toContain('https://sequela.corp/api/v1/coverage/report?from=2026-11-16');
});
