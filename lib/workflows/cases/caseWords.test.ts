import { describe, expect, it } from 'vitest';
import { micros } from '../../base/time';
import type { EventId } from '../../events/endpointEvent';
import type { StageEvent } from '../../findings/finding';
import { parseQuery } from '../../query/parse';
import { activityText, toCaseActivity } from './activityText';
import { caseJoins } from './caseJoins';
import { indicatorQuery } from './indicatorQuery';
import { destinationOf, fileHash, personOf } from './markValues';
import type { StageMark } from './stageMarks';

const event = (given: Partial<StageEvent>): StageEvent => ({
  eventId: '00000000-0000-4000-8000-000000000000' as EventId,
  time: micros(0),
  kind: 'network_connect',
  ...given,
});

describe('values of an event', () => {
  it('are where it went, without port, and nothing of the host itself', () => {
    const cases: [string, string | undefined][] = [
      ['CDN.example.net:443', 'cdn.example.net'],
      ['evil.example.', 'evil.example'],
      ['192.0.2.7:8080', '192.0.2.7'],
      ['2001:db8::7:443', '2001:db8::7'],
      ['[2001:db8::7]:443', '2001:db8::7'],
      ['127.0.0.1:80', undefined],
      ['::1:80', undefined],
      ['localhost:80', undefined],
      ['', undefined],
      ['<img src=x>:9', '<img src=x>'],
    ];
    for (const [destination, wanted] of cases)
      expect(destinationOf(event({ destination })), destination).toBe(wanted);
  });

  it('are people, but no accounts that every host has', () => {
    const cases: [string, string | undefined][] = [
      ['CORP\\Anna', 'anna'],
      ['anna', 'anna'],
      ['NT AUTHORITY\\SYSTEM', undefined],
      ['NT-AUTORITÄT\\SYSTEM', undefined],
      ['Window Manager\\DWM-1', undefined],
      ['CORP\\WS1$', undefined],
      ['S-1-5-18', undefined],
      ['CORP\\', undefined],
      ['-', undefined],
    ];
    for (const [user, wanted] of cases) expect(personOf(event({ user })), user).toBe(wanted);
  });

  it('are hashes that are some', () => {
    const recorded = (fields: object) =>
      ({ kind: 'file_create', ...fields }) as Parameters<typeof fileHash>[0];
    expect(fileHash(recorded({ 'file.hash.md5': 'A'.repeat(32) }))).toEqual({
      type: 'md5',
      value: 'a'.repeat(32),
    });
    expect(fileHash(recorded({ 'file.hash.sha256': '0'.repeat(64) }))).toBeUndefined();
    expect(fileHash(recorded({ 'file.hash.sha256': 'n/a' }))).toBeUndefined();
    expect(fileHash(undefined)).toBeUndefined();
  });
});

describe('joins', () => {
  const mark = (hostId: number, id: string, given: Partial<StageEvent>): StageMark => ({
    findingId: `f${hostId}`,
    hostId,
    host: `ws${hostId}`,
    stage: 's',
    stageTitle: 'S',
    event: event({ eventId: id as EventId, ...given }),
  });

  it('are of at least two hosts; a file that one got and another ran is one', () => {
    const marks = [
      mark(1, 'a', { kind: 'file_create', path: 'C:\\Temp\\Tool.exe', user: 'C\\anna' }),
      mark(1, 'b', { kind: 'process_start', image: 'C:\\Windows\\System32\\cmd.exe', user: 'C\\anna' }),
      mark(2, 'c', { kind: 'process_start', image: 'D:\\x\\tool.exe', user: 'C\\bert' }),
      mark(2, 'd', { kind: 'process_start', image: 'C:\\Windows\\System32\\cmd.exe' }),
      mark(2, 'e', { destination: 'only.example:443' }),
    ];
    expect(caseJoins(marks, new Map())).toEqual([{ by: 'file', value: 'tool.exe', eventIds: ['a', 'c'] }]);
  });
});

describe('words', () => {
  it('of an entry of the trail never fail, whatever it holds', () => {
    expect(activityText({ action: 'case.merged', details: { into: 4 } })).toBe('merged it into case 4');
    expect(activityText({ action: 'case.items_added', details: { findings: 2, alerts: 1 } })).toBe(
      'added 2 findings and 1 alert',
    );
    for (const action of ['constructor', '__proto__', 'case.of_tomorrow'])
      expect(activityText({ action, details: {} })).toBe(action);
  });

  it('of a merged case say whose they are, and its merging is told once', () => {
    const entry = (subject: string, action: string, details: Record<string, number>) => ({
      id: 1,
      at: '',
      by: 'anna',
      previous: '',
      hash: '',
      subject,
      action,
      details,
    });
    expect(
      toCaseActivity(
        [
          entry('case:1', 'case.merged', { merged: 2 }),
          entry('case:2', 'case.merged', { into: 1 }),
          entry('case:2', 'case.note_added', { note: 1 }),
        ],
        1,
      ).map(({ text }) => text),
    ).toEqual(['merged case 2 into it', 'added a note (case 2)']);
  });

  it('of an indicator’s search are read as that value and nothing else', () => {
    for (const value of ['a', '"', '\\', '*', 'x) or (y', 'not', 'a b', '😀'.repeat(900), '(((('])
      for (const type of ['ip', 'domain', 'url', 'path', 'user', 'host', 'other'] as const) {
        const query = indicatorQuery(type, value);
        if (query !== null) expect(parseQuery(query).ok, query).toBe(true);
      }
    expect(indicatorQuery('other', 'a" or *')).toBe('"a\\" or *"');
  });
});
