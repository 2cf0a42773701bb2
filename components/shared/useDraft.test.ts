import { describe, expect, it } from 'vitest';
import { withoutSent } from './useDraft';

describe('words typed while others are sent', () => {
  it('are all that is left of a draft', () => {
    expect(withoutSent('done', 'done')).toBe('');
    expect(withoutSent('done\nand more', 'done')).toBe('and more');
  });

  it('stay whole when what was sent was changed since', () => {
    expect(withoutSent('not done', 'done')).toBe('not done');
  });
});
