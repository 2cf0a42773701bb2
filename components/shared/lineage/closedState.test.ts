import { expect, it } from 'vitest';
import { formatClosed, parseClosed } from './closedState';

it('says what is closed in entries of the address and reads it back', () => {
  const entries = ['level:3', 'a', 'open:b'];
  expect(parseClosed(entries)).toEqual({ ids: new Set(['a']), level: 3, kept: new Set(['b']) });
  expect(formatClosed(parseClosed(entries))).toEqual(entries);
});

it('keeps links of earlier versions: bare ids, one by one', () => {
  expect(formatClosed(parseClosed(['{guid-1}', 'x', '']))).toEqual(['{guid-1}', 'x']);
});

it('takes what is no level for an id, and forgets what is kept open when no level is closed', () => {
  expect(parseClosed(['level:no', 'level:-1']).ids).toEqual(new Set(['level:no', 'level:-1']));
  expect(formatClosed({ ids: new Set(), level: null, kept: new Set(['a']) })).toEqual([]);
});
