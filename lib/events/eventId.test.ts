import { hash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { micros } from '../base/time';
import { NUMBER_FIELDS, TEXT_FIELDS } from './endpointEvent';
import { eventId } from './eventId';
import type { EventDraft } from './record';

const digest = (text: string): string => hash('sha256', text, 'hex');
const draft: EventDraft = {
  kind: 'process_start',
  recorded: micros(1_795_166_191_715_000),
  reported: micros(1_795_166_191_702_000),
  host: 'ws1',
  channel: 'Security',
  code: '4688',
  recordId: 7,
  'process.pid': 4,
  'process.command_line': 'a b',
};

describe('event id', () => {
  it('is a UUIDv8 that begins with the recorded time', () => {
    const id = eventId(draft, digest);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(Number.parseInt(id.slice(0, 13).replace('-', ''), 16)).toBe(1_795_166_191_715);
  });

  it('does not depend on the order in which fields were set', () => {
    const reversed = Object.fromEntries(Object.entries(draft).reverse()) as unknown as EventDraft;
    expect(eventId(reversed, digest)).toBe(eventId(draft, digest));
  });

  it('changes with every field', () => {
    const changed: EventDraft[] = [
      { ...draft, kind: 'process_end' },
      { ...draft, host: 'ws2' },
      { ...draft, channel: 'System' },
      { ...draft, code: '1' },
      { ...draft, recordId: 8 },
      { ...draft, recorded: micros(draft.recorded + 1) },
      { ...draft, reported: micros(1) },
      ...TEXT_FIELDS.map((field) => ({ ...draft, [field]: 'other' })),
      ...NUMBER_FIELDS.map((field) => ({ ...draft, [field]: 9 })),
    ];
    const ids = new Set([draft, ...changed].map((one) => eventId(one, digest)));
    expect(ids.size).toBe(changed.length + 1);
  });

  it('cannot be made equal by moving text from one field into the next', () => {
    const part = fc.string({ unit: fc.constantFrom('|', ':', '1', 'a'), maxLength: 6 });
    const parts = fc.tuple(part, part, part, part);
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        const of = ([host, channel, commandLine, path]: readonly string[]): string =>
          eventId(
            {
              ...draft,
              host: host ?? '',
              channel: channel ?? '',
              'process.command_line': commandLine ?? '',
              'file.path': path ?? '',
            },
            digest,
          );
        expect(of(a) === of(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
      { numRuns: 1000 },
    );
    expect(eventId({ ...draft, host: 'a|b', channel: 'c' }, digest)).not.toBe(
      eventId({ ...draft, host: 'a', channel: 'b|c' }, digest),
    );
  });
});
