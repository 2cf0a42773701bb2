import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ToastProvider } from '@/components/ui/Toast';
import { HOSTILE, testHit } from '../../sigma/testSigma';
import { SigmaHits } from './SigmaHits';
import { SigmaNote } from './SigmaNote';
import { SigmaSquare, squareWidth } from './SigmaSquare';
import { NO_MARKS, sigmaMarks } from './sigmaMarks';

const [part] = testHit().matched;
if (part === undefined) throw new Error('a hit for tests holds by something');
const bad = testHit({
  rule: { ...testHit().rule, title: HOSTILE, author: HOSTILE },
  source: HOSTILE,
  matched: [{ ...part, value: HOSTILE, expected: HOSTILE }],
});

function told(hits: Parameters<typeof SigmaHits>[0]['hits'], on: 'event' | 'process'): string {
  return renderToStaticMarkup(
    <ToastProvider>
      <SigmaHits hits={hits} on={on} />
    </ToastProvider>,
  );
}

describe('rules that hit what is selected', () => {
  it('are told with level, author, id, licence and what they hold by, each with its way on', () => {
    const html = told([testHit()], 'event');
    for (const words of [
      'Sigma: 1 hit on this event',
      'Shell out of an office program',
      'High',
      'by Nobody',
      'licence not stated',
      'aaaaaaaa-0000-4000-8000-000000000001',
      'selection_parent',
      'ParentImage|endswith',
      'href="/sigma?hit=h1"',
      'href="/sigma/rules?rule=11"',
      'href="/sigma?by=hit&amp;host=3&amp;process=%7Bp1%7D"',
    ])
      expect(html).toContain(words);
  });

  it('are not spoken of where there are none', () => {
    expect(told([], 'event')).not.toContain('Sigma');
  });

  it('cannot break out of the page', () => {
    const html = told([bad], 'process') + renderToStaticMarkup(<SigmaSquare hits={[bad]} />);
    expect(html).not.toContain('<img');
    expect(html).not.toContain('\u202e');
  });
});

describe('the square mark', () => {
  it('says in words how many and how bad, and shows the number only where there are several', () => {
    const one = renderToStaticMarkup(<SigmaSquare hits={[testHit()]} />);
    expect(one).toContain('<title>1 Sigma hit, high: Shell out of an office program</title>');
    expect(one).not.toContain('<text');
    const many = renderToStaticMarkup(<SigmaSquare hits={Array.from({ length: 120 }, () => testHit())} />);
    expect(many).toContain('99+</text>');
    expect(squareWidth(120)).toBeGreaterThan(squareWidth(1));
  });
});

describe('the note beside the tools', () => {
  const note = (marks: Parameters<typeof SigmaNote>[0]['marks'], failed = false) =>
    renderToStaticMarkup(<SigmaNote marks={marks} failed={failed} onRetry={() => undefined} />);

  it('says nothing without hits, how many there are, and when some are left out', () => {
    expect(note(NO_MARKS)).toBe('');
    expect(note(sigmaMarks([testHit()], 1))).toContain('1 Sigma hit, high');
    expect(note(sigmaMarks([testHit()], 812))).toContain('the worst 1 of 812 Sigma hits are marked');
  });

  it('says that hits could not be read', () => {
    expect(note(NO_MARKS, true)).toContain('could not be read');
  });
});
