import { describe, expect, it } from 'vitest';
import type { EventView } from '@/lib/contracts/events';
import { columnText, columnValue, exportColumns, WHAT } from './eventColumns';

const EVENT: EventView = {
  id: '8f0c',
  kind: 'file_create',
  time: '2026-11-20T09:16:31.702000Z',
  clock: 'source',
  recorded: '2026-11-20T09:16:31.710000Z',
  reported: null,
  hostId: '7',
  host: 'wks-042',
  channel: 'Microsoft-Windows-Sysmon/Operational',
  code: '11',
  recordId: null,
  importId: '3',
  record: { file: 'a.json', index: 4 },
  fields: {
    'file.path': 'C:\\Users\\eva\\Invoice.PDF.hta:Zone.Identifier',
    'process.executable': 'C:\\Windows\\System32\\mshta.exe',
    'process.pid': 4711,
    'url.full': 'https://cdn.example:8443/a/b.hta?x=1',
  },
};
const of = (kind: EventView['kind'], fields: EventView['fields']): EventView => ({ ...EVENT, kind, fields });

describe('columns of an event', () => {
  it('are its fields, what is derived from them, and what the event itself is', () => {
    const names = [
      'process.name',
      'process.pid',
      'file.name',
      'url.domain',
      'host.name',
      '_id',
      'event.code',
    ];
    expect(names.map((name) => columnValue(EVENT, name))).toEqual([
      'mshta.exe',
      '4711',
      'Invoice.PDF.hta',
      'cdn.example',
      'wks-042',
      '8f0c',
      '11',
    ]);
    expect(columnValue(EVENT, 'file.extension')?.toLowerCase()).toBe('hta');
  });

  it('are nothing where the record did not say, and for names every object has', () => {
    expect(
      ['user.name', 'constructor', '__proto__', 'winlog.record_id', ''].map((name) =>
        columnValue(EVENT, name),
      ),
    ).toEqual(Array(5).fill(undefined));
  });

  it('write a kind in words on the screen and in the language in a query', () => {
    expect(columnText(EVENT, 'event.kind')).toBe('file created');
    expect(columnValue(EVENT, 'event.kind')).toBe('file_create');
  });

  it('write times that are stored in microseconds as people and queries do', () => {
    const event = of('process_start', { 'process.start': 1763630191702000 });
    expect(columnValue(event, 'process.start')).toBe('2025-11-20T09:16:31.702000Z');
  });

  it('stand for the fields they are told from in a CSV', () => {
    const columns = exportColumns(['@timestamp', 'file.path', WHAT]);
    expect(columns).toContain('process.command_line');
    expect(columns).not.toContain(WHAT);
    expect(new Set(columns).size).toBe(columns.length);
  });
});

describe('what happened', () => {
  it('is told by the fields of its kind', () => {
    const told = [
      of('network_connect', {
        'destination.ip': '10.1.2.3',
        'destination.domain': 'cdn.example',
        'destination.port': 443,
      }),
      of('dns_query', { 'dns.question.name': 'cdn.example', 'dns.answers': '10.1.2.3' }),
      of('file_rename', { 'file.Ext.original.path': 'a.tmp', 'file.path': 'a.hta' }),
      of('registry_set', { 'registry.path': 'HKCU\\Run\\x', 'registry.data': 'calc' }),
      of('logon', { 'winlog.logon.type': '10', 'source.ip': '10.0.0.9' }),
      of('process_start', { 'process.command_line': 'mshta a.hta', 'process.executable': 'mshta.exe' }),
    ].map((event) => columnText(event, WHAT));
    expect(told).toEqual([
      'cdn.example (10.1.2.3) port 443',
      'cdn.example → 10.1.2.3',
      'a.tmp → a.hta',
      'HKCU\\Run\\x = calc',
      'type 10 from 10.0.0.9',
      'mshta a.hta',
    ]);
  });

  it('falls back to the process, then to the source, and is never empty', () => {
    expect(columnText(of('dns_query', {}), WHAT)).toBe(EVENT.channel);
    expect(columnText(of('image_load', { 'process.executable': 'a.exe' }), WHAT)).toBe('a.exe');
    expect(columnText(of('log_clear', {}), WHAT)).toBe(EVENT.channel);
  });
});
