import { describe, expect, it } from 'vitest';
import { compareEvents } from './order';
import { scenario } from './scenario';

const OUTLOOK = 'C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE';
const WSCRIPT = 'C:\\Windows\\System32\\wscript.exe';
const SVG = 'C:\\Users\\m.keller\\Downloads\\invoice.svg';

function callback(options: Parameters<typeof scenario>[0] = {}) {
  const s = scenario({ host: 'FIN-WS07.corp.example', user: 'CORP\\m.keller', ...options });
  const outlook = s.starts(OUTLOOK);
  s.after('2m');
  s.writes(outlook, SVG);
  s.marks(outlook, SVG, { zone: 3, hostUrl: 'about:internet' });
  const script = s.starts(WSCRIPT, { parent: outlook, commandLine: 'wscript.exe x.js' });
  s.resolves(script, 'cdn.example', ['198.51.100.44']);
  s.connects(script, '198.51.100.44', 443, { domain: 'cdn.example', sensorClock: '-8h' });
  s.ends(script);
  return s;
}

describe('scenario', () => {
  it('tells the same story with the same ids', () => {
    expect(callback().events()).toEqual(callback().events());
  });

  it('links parent and child by entity id and keeps the distances told', () => {
    const events = callback().events();
    const [outlook, file, mark, script] = events;
    expect(events.map((event) => event.kind)).toEqual([
      'process_start',
      'file_create',
      'file_stream',
      'process_start',
      'dns_query',
      'network_connect',
      'process_end',
    ]);
    expect(script?.['process.parent.entity_id']).toBe(outlook?.['process.entity_id']);
    expect((file?.time ?? 0) - (outlook?.time ?? 0)).toBe(120_001_000);
    expect(mark).toMatchObject({ 'file.path': `${SVG}:Zone.Identifier`, 'file.zone_identifier': 3 });
  });

  it('gives every event its own id', () => {
    const s = callback();
    s.background();
    const ids = new Set(s.events().map((event) => event.id));
    expect(ids.size).toBe(s.events().length);
  });

  it('keeps what a wrong sensor clock said beside the true time', () => {
    const connect = callback()
      .events()
      .find((event) => event.kind === 'network_connect');
    expect(connect?.clock).toBe('record');
    expect((connect?.reported ?? 0) - (connect?.time ?? 0)).toBe(-8 * 3_600_000_000);
  });

  it('does not record the kinds and fields a host is without', () => {
    const events = callback({ without: ['dns_query', 'process.command_line'] }).events();
    expect(events.some((event) => event.kind === 'dns_query')).toBe(false);
    expect(events.every((event) => event['process.command_line'] === undefined)).toBe(true);
  });

  it('stops recording where the story says so', () => {
    const s = scenario();
    s.loses('process_start');
    s.starts(WSCRIPT);
    s.regains('process_start');
    s.starts(OUTLOOK);
    expect(s.events().map((event) => event['process.executable'])).toEqual([OUTLOOK]);
  });

  it('tells as the Security log does: pids and parent name, no identity, no file or name resolution', () => {
    const events = callback({ source: 'security' }).events();
    expect(events.map((event) => event.code)).toEqual(['4688', '4688', '5156', '4689']);
    expect(events.every((event) => event['process.entity_id'] === undefined)).toBe(true);
    expect(events[1]).toMatchObject({ 'process.parent.executable': OUTLOOK, clock: 'record' });
    expect(events[1]?.reported).toBeUndefined();
  });

  it('tells a start in both logs when both are kept', () => {
    const starts = callback({ source: 'both' })
      .events()
      .filter((event) => event.kind === 'process_start');
    expect(starts.map((event) => event.code).sort()).toEqual(['1', '1', '4688', '4688']);
    expect(new Set(starts.map((event) => event['process.pid'])).size).toBe(2);
  });

  it('lays witnesses around the story and leaves its clock alone', () => {
    const s = callback();
    const now = s.now();
    s.background();
    expect(s.now()).toBe(now);
    const events = s.events();
    expect([...events].sort(compareEvents)).toEqual(events);
    const hours = ((events.at(-1)?.time ?? 0) - (events[0]?.time ?? 0)) / 3_600_000_000;
    expect(hours).toBeGreaterThan(9);
    const kinds = new Set(events.map((event) => event.kind));
    for (const kind of ['image_load', 'registry_set', 'script_block', 'file_stream'] as const) {
      expect(kinds).toContain(kind);
    }
    expect(kinds).not.toContain('file_access');
  });
});
