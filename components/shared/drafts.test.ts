import { describe, expect, it } from 'vitest';
import { createDrafts } from './drafts';

describe('drafts', () => {
  it('are kept apart by what they are about', () => {
    const drafts = createDrafts(10);
    drafts.keep('a', 'of a');
    drafts.keep('b', 'of b');
    expect([drafts.get('a'), drafts.get('b'), drafts.get('c')]).toEqual(['of a', 'of b', '']);
  });

  it('are forgotten when they were sent', () => {
    const drafts = createDrafts(10);
    drafts.keep('a', 'words');
    drafts.keep('a', '');
    expect(drafts.get('a')).toBe('');
  });

  it('make room for newer ones, the one typed in last staying', () => {
    const drafts = createDrafts(2);
    drafts.keep('a', '1');
    drafts.keep('b', '2');
    drafts.keep('a', '3');
    drafts.keep('c', '4');
    expect([drafts.get('a'), drafts.get('b'), drafts.get('c')]).toEqual(['3', '', '4']);
  });
});
