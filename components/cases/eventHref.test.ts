import { describe, expect, it } from 'vitest';
import { hitHref } from '@/components/shared/sigma/hitHref';
import { parseSelection, selectEvent } from '../investigation/selection';
import { hitParsers } from '../sigma/sigmaUrl';
import { alertHref, eventHref, markHref } from './eventHref';

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

it('leads from a hit of a case to itself among all hits, and from its mark as well', () => {
  const ref = '3-0198a1b2-c3d4-8e5f-9a0b-c1d2e3f4a5b6-7';
  const url = new URL(hitHref(ref), 'http://here');
  expect(url.pathname).toBe('/sigma');
  expect([...url.searchParams.keys()].every((name) => name in hitParsers)).toBe(true);
  expect(url.searchParams.get('hit')).toBe(ref);
  expect(markHref({ findingId: null, hit: ref, eventId: 'e' })).toBe(hitHref(ref));
  expect(markHref({ findingId: 'AN1', eventId: 'e' })).toBe(eventHref('AN1', 'e'));
});

it('leads from an alert of a case to itself in the list, explained or not', () => {
  const { searchParams } = new URL(alertHref({ key: '3/a b&c', host: 'ws-1' }), 'http://here');
  expect(Object.fromEntries(searchParams)).toEqual({ show: 'all', host: 'ws-1', alert: '3/a b&c' });
});
