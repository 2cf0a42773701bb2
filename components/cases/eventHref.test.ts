import { describe, expect, it } from 'vitest';
import { parseSelection, selectEvent } from '../investigation/selection';
import { alertHref, eventHref } from './eventHref';

describe('a link from a case to an event', () => {
  it('selects the event where the investigation reads its selection', () => {
    const url = new URL(eventHref('AN1 a/b?c', 'f0e1'), 'http://here');
    expect(url.pathname).toBe('/findings/AN1%20a%2Fb%3Fc');
    expect(parseSelection(url.searchParams.get('sel'))).toBe(selectEvent('f0e1'));
    expect(url.searchParams.get('tab')).toBe('event');
  });

  it('leads to the finding alone when no event is named', () => {
    expect(eventHref('AN1', null)).toBe('/findings/AN1');
  });
});

it('leads from an alert of a case to itself in the list, explained or not', () => {
  const { searchParams } = new URL(alertHref({ key: '3/a b&c', host: 'ws-1' }), 'http://here');
  expect(Object.fromEntries(searchParams)).toEqual({ show: 'all', host: 'ws-1', alert: '3/a b&c' });
});
