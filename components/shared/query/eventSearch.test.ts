import { createLoader } from 'nuqs';
import { describe, expect, it } from 'vitest';
import { eventSearchParsers, eventsHref, lineageHref, scopeParams } from './eventSearch';

const load = createLoader(eventSearchParsers);

describe('the address of a search', () => {
  it('gives back what it was made of, whatever is in the query', () => {
    const search = {
      q: 'file.path:"C:\\\\a & b=c#?%\u202e\n+" and user.name:é,;',
      from: '2026-11-20T09:00:00.000001Z',
      to: '2026-11-20T10:00:00Z',
      order: 'oldest' as const,
      columns: ['@timestamp', 'process.name'],
      facets: [],
      event: '8f0c-11',
    };
    const href = eventsHref(search);
    expect(load(new URLSearchParams(href.slice(href.indexOf('?') + 1)))).toEqual(search);
  });

  it('is short where nothing is chosen', () => {
    expect(eventsHref({})).toBe('/events');
    expect(eventsHref({ q: 'mshta', order: 'newest', from: null })).toBe('/events?q=mshta');
  });

  it('takes nonsense for nothing', () => {
    expect(load(new URLSearchParams('order=sideways'))).toMatchObject({
      order: 'newest',
      q: '',
      columns: null,
    });
  });

  it('asks the API only for what there is', () => {
    expect(scopeParams({ q: '  ', from: null, to: 'x' })).toEqual({ to: 'x' });
  });

  it('points into the lineage of a host by event or process', () => {
    expect(lineageHref('7', { eventId: 'a/b' })).toBe('/hosts/7?tab=lineage&sel=e%3Aa%2Fb');
    expect(lineageHref('7', { entityId: '{x}&' })).toBe('/hosts/7?tab=lineage&sel=p%3A%7Bx%7D%26');
  });
});
