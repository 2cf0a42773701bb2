import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { BaselineRows } from './BaselineRows';
import { BaselineWordFields } from './BaselineWordFields';
import { proposedExpiry } from './baselineWords';

const NOW = Date.parse('2026-11-20T10:00:00Z');

describe('rows of baselines', () => {
  const drawn = (query: { data?: unknown; error?: Error }, items: readonly string[] = []) =>
    renderToStaticMarkup(
      <BaselineRows
        query={{ data: query.data, error: query.error ?? null, refetch: () => undefined }}
        items={items}
        step={2}
        row={(item) => <li key={item}>{item}</li>}
        skeleton="Reading"
        empty="None"
      />,
    );

  it('are drawn a step at a time, with how many there are', () => {
    expect(drawn({ data: {} }, ['a', 'b', 'c'])).toMatch(/<li>a<\/li><li>b<\/li><\/ul>.*2 of 3 are shown/);
    expect(drawn({ data: {} }, ['a', 'b'])).not.toContain('Show more');
  });

  it('that are not there say why: being read, none, or not to be read; what was read before stays', () => {
    expect(drawn({})).toBe('Reading');
    expect(drawn({ data: {} })).toBe('None');
    expect(drawn({ error: new Error('x') })).toContain('The baselines could not be read');
    expect(drawn({ data: {}, error: new Error('x') }, ['a'])).toContain('<li>a</li>');
  });
});

describe('the words of a baseline', () => {
  it('are four fields; the end lies from tomorrow to a year ahead; what is wrong stands in place of its hint', () => {
    const page = renderToStaticMarkup(
      <BaselineWordFields
        words={{ title: 'Ours', reason: '', owner: 'lea', expires: proposedExpiry(NOW) }}
        onChange={() => undefined}
        problems={{ reason: 'Say why.' }}
        now={NOW}
        reasonRows={2}
        endHint="Then it is over."
      />,
    );
    expect([...page.matchAll(/<label[^>]*>([^<]*)/g)].map(([, label]) => label)).toEqual([
      'Title',
      'Reason',
      'Owner',
      'Ends on',
    ]);
    expect(page).toMatch(/min="2026-11-21" max="2027-11-20"/);
    expect(page).toContain('value="2027-02-18"');
    expect(page).toContain('Say why.');
    expect(page).toContain('Then it is over.');
  });

  it('propose no end while the time is not known', () => {
    expect(proposedExpiry(0)).toBe('');
  });
});
