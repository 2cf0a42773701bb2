import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  auditText,
  clockText,
  deletionText,
  formatText,
  LEDGER_PARTS,
  ledgerWidths,
  partText,
  stateText,
} from './importWords';

const counts = (events: number, ignored: number, duplicates: number, quarantined: number) => ({
  read: events + ignored + duplicates + quarantined,
  events,
  ignored,
  duplicates,
  quarantined,
});

describe('the ledger bar', () => {
  it('shows one quarantined record among a million', () => {
    expect(ledgerWidths(counts(1_000_000, 0, 0, 1)).quarantined).toBe(2.5);
  });

  it('gives nothing to a part without records', () => {
    expect(ledgerWidths(counts(10, 0, 0, 0))).toEqual({
      events: 100,
      ignored: 0,
      duplicates: 0,
      quarantined: 0,
    });
  });

  it('adds up to the whole bar whenever something was read', () => {
    const count = fc.nat({ max: 1_000_000 });
    fc.assert(
      fc.property(count, count, count, count, (a, b, c, d) => {
        const widths = ledgerWidths(counts(a, b, c, d));
        const sum = LEDGER_PARTS.reduce((total, part) => total + widths[part], 0);
        expect(sum).toBeCloseTo(a + b + c + d === 0 ? 0 : 100, 6);
      }),
    );
  });
});

describe('words', () => {
  it('count in the singular and the plural', () => {
    expect([partText('events', 1204), partText('duplicates', 1)]).toEqual(['1,204 events', '1 duplicate']);
  });

  it('say how far a pending import is', () => {
    expect(stateText({ state: 'parsing', progress: 0.451 })).toBe('Reading records, 45 %');
    expect(stateText({ state: 'done', progress: 1 })).toBe('Done');
    expect(stateText({ state: 'parsing', progress: 0.2, scope: 'quarantined' })).toBe(
      'Reading the quarantine again, 20 %',
    );
    expect(stateText({ state: 'parsing', progress: 0, clearing: 'cancel' })).toMatch(/^Cancelling/);
  });

  it('say how sure a format is and why, and when a person chose it', () => {
    const detected = { format: 'winlogbeat', confidence: 0.95, reason: '50 of the first 50 records have x' };
    expect(formatText(detected)).toBe('winlogbeat, 95 % sure: 50 of the first 50 records have x');
    expect(formatText({ ...detected, confidence: null, reason: null })).toBe('winlogbeat, as chosen');
    expect(formatText({ format: null, confidence: null, reason: null })).toBe('Not read');
  });

  it('say what leaves with an import', () => {
    expect(deletionText({ records: counts(1, 0, 0, 0), findings: 0 })).toBe(
      'Its 1 event leaves. Events that other imports contain stay with those. No finding cites it.',
    );
    expect(deletionText({ records: counts(1200, 0, 0, 0), findings: 2 })).toMatch(
      /^Its 1,200 events leave\. .* 2 findings may change or go; what people decided stays\.$/,
    );
  });

  it('say what somebody did', () => {
    const text = (action: string, details: Record<string, string | number | boolean | null>) =>
      auditText({ action, details });
    expect(text('import.created', { bytes: 812 })).toBe('imported it, 812 B');
    expect(text('import.reparsed', { what: 'all', format: 'ecs', passwordGiven: true })).toBe(
      'had it read again as ecs with a password',
    );
    expect(text('import.reparsed', { what: 'quarantined', quarantined: 1200 })).toBe(
      'had 1,200 quarantined records read again',
    );
    expect(text('something.new', {})).toBe('something.new');
  });

  it('say which way a clock is off', () => {
    const offset = { host: 'FIN-WS07', offsetSeconds: 14_400, from: '2026-11-20T00:00:00Z' };
    const text = (ms: number) => `${ms / 3_600_000} h`;
    expect(clockText(offset, text)).toBe("Log clock of FIN-WS07 is 4 h behind the sensor's; corrected");
    expect(clockText({ ...offset, offsetSeconds: -7200 }, text)).toContain('2 h ahead of');
  });
});
