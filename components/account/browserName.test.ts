import { describe, expect, it } from 'vitest';
import { browserName } from './browserName';

describe('a browser in the list of sessions', () => {
  it('is named with its system', () => {
    expect(
      browserName(
        'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0',
      ),
    ).toBe('Edge on Windows');
    expect(browserName('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe(
      'Firefox on Linux',
    );
  });
  it('is shown as it calls itself when it is none we know', () => {
    expect(browserName('curl/8.5.0')).toBe('curl/8.5.0');
    expect(browserName('x'.repeat(500))).toHaveLength(60);
  });
  it('is unknown when it said nothing', () => expect(browserName(null)).toBe('Unknown browser'));
});
