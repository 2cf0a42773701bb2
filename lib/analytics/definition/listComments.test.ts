import { describe, expect, it } from 'vitest';
import { listComments } from './listComments';

describe('what is said of a list', () => {
  it('is the comment right above it, not that of the file or of a section', () => {
    const comments = listComments(
      '# All lists.\n\n# ---- programs ----\noffice: [a]\n# Their names.\nfamily: [b]\nplain: [c]\n',
    );
    expect([...comments]).toEqual([
      ['office', ''],
      ['family', 'Their names.'],
      ['plain', ''],
    ]);
  });
});
