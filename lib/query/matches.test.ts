import { describe, expect, it } from 'vitest';
import { micros } from '../base/time';
import type { EndpointEvent, EventId } from '../events/endpointEvent';
import { matchesQuery } from './matches';
import { parseQuery } from './parse';

const event: EndpointEvent = {
  id: '0193500a-0000-8000-8000-000000000001' as EventId,
  kind: 'file_create',
  time: micros(Date.UTC(2026, 10, 20, 9, 16, 31) * 1000),
  recorded: micros(0),
  clock: 'source',
  host: 'ws1.corp.example',
  channel: 'Microsoft-Windows-Sysmon/Operational',
  code: '11',
  'process.executable': 'C:\\Windows\\System32\\MSHTA.exe',
  'file.path': 'C:\\Users\\anna\\Downloads\\invoice.svg:Zone.Identifier',
  'url.full': 'https://user@Evil.example:8443/a',
  'destination.ip': '::ffff:10.1.2.3',
  'destination.port': 443,
  'source.port': 50_000,
  message: 'File created by a program',
};

function finds(query: string): boolean {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return matchesQuery(parsed.node, event, { hostNames: ['ws1.corp.example', 'ws1'], imports: [3] });
}

describe('an event', () => {
  it.each([
    '',
    '*',
    'process.name:mshta.exe',
    'image:mshta.exe and image:c:\\windows\\*',
    'file.name:invoice.svg and file.extension:SVG and file.path:*identifier',
    'host:ws1 host:ws1.corp.example',
    'import.id:3',
    'port:443 port:50000 not destination.port:50000',
    'not user.name:svc_*',
    'not user.name:*',
    'ip:10.0.0.0/8',
    'url.domain:evil.example',
    'message:"created by"',
    'message:crea*program',
    'kind:file_* and channel:*sysmon* and code:11',
    '@timestamp:2026-11-20T09 and @timestamp < 2026-11-21',
    'invoice downloads',
    'inv*identifier',
    '_id:0193500a* event.id:0193500A-0000-8000-8000-000000000001',
    'process.name:(cmd.exe or mshta*)',
  ])('is found by %s', (query) => {
    expect(finds(query)).toBe(true);
  });

  it.each([
    'process.name:mshta',
    'file.extension:identifier',
    'destination.port > 443',
    'user.name:*',
    'not port:50000',
    'ip:11.0.0.0/8',
    'user.name:x or not message:program',
    'host:ws2',
    'import.id:4',
    'invoice absent',
    '@timestamp > 2026-11-20',
  ])('is not found by %s', (query) => {
    expect(finds(query)).toBe(false);
  });
});
