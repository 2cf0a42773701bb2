import { describe, expect, it } from 'vitest';
import { type LedgerRow, ledgerRows, orderAfter } from './ledgerRows';

const row = (host: string, source: string, events: number, last: string): LedgerRow => ({
  hostId: host,
  host,
  source,
  kinds: [],
  events,
  first: '2026-11-01T00:00:00.000000Z',
  last,
  filled: {},
  networkWithProcess: null,
});
const ITEMS = [
  row('b', 'Sysmon', 5, '2026-11-03T00:00:00.000000Z'),
  row('a', 'Windows Security', 5, '2026-11-02T00:00:00.000000Z'),
  row('a', 'Sysmon', 9, '2026-11-04T00:00:00.000000Z'),
];
const names = (rows: LedgerRow[]) => rows.map(({ host, source }) => `${host} ${source}`);

describe('lines of the ledger', () => {
  it('stand by host and source, by events or by the last one, either way', () => {
    const by = (sort: 'host' | 'events' | 'last', order: 'ascending' | 'descending') =>
      names(ledgerRows(ITEMS, { words: '', sort, order }));
    expect(by('host', 'ascending')).toEqual(['a Sysmon', 'a Windows Security', 'b Sysmon']);
    expect(by('events', 'descending')).toEqual(['a Sysmon', 'a Windows Security', 'b Sysmon']);
    expect(by('last', 'ascending')).toEqual(['a Windows Security', 'b Sysmon', 'a Sysmon']);
  });

  it('are narrowed by words of the host or the source', () => {
    const of = (words: string) => names(ledgerRows(ITEMS, { words, sort: 'host', order: 'ascending' }));
    expect(of(' SECUR')).toEqual(['a Windows Security']);
    expect(of('b')).toEqual(['b Sysmon']);
    expect(of('(.+')).toEqual([]);
  });

  it('turn round when their column is pressed again', () => {
    expect(orderAfter('host', { sort: 'host', order: 'ascending' })).toEqual({
      sort: 'host',
      order: 'descending',
    });
    expect(orderAfter('events', { sort: 'host', order: 'ascending' })).toEqual({
      sort: 'events',
      order: 'descending',
    });
  });
});
