import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Markdown } from './Markdown';

const shown = (text: string) => renderToStaticMarkup(createElement(Markdown, { text }));

describe('a note in Markdown', () => {
  it('writes out characters that turn text, typed or as a character reference', () => {
    for (const text of ['a\u202Eb', 'a&#x202e;b', '`a\u202Eb`', '**a&#8238;b**', '<i title="a\u202Eb">'])
      expect(shown(text)).toContain('[U+202E]');
    expect(shown('a&#x202e;b')).not.toContain('\u202E');
  });

  it('writes them out in the words of pictures and beside what is not linked', () => {
    expect(shown('![a&#x202e;b](x.png)')).toContain('a[U+202E]b');
    expect(shown('[go](javascript:a&#x202e;b)')).not.toContain('\u202E');
  });

  it('keeps lines and tabs of code', () => {
    expect(shown('```\na\tb\nc\n```')).toContain('a\tb\nc');
  });
});
