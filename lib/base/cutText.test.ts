import { describe, expect, it } from 'vitest';
import { cutText, cutTextFront } from './cutText';

describe('a text that is cut', () => {
  it('keeps every character whole, at either end', () => {
    expect(cutText('ab\u{1f600}cd', 3)).toBe('ab');
    expect(cutText('ab\u{1f600}cd', 4)).toBe('ab\u{1f600}');
    expect(cutTextFront('ab\u{1f600}cd', 3)).toBe('cd');
    expect(cutTextFront('ab\u{1f600}cd', 4)).toBe('\u{1f600}cd');
  });

  it('is left alone when it is short enough', () => {
    expect(cutText('\u{1f600}', 2)).toBe('\u{1f600}');
    expect(cutTextFront('\u{1f600}', 5)).toBe('\u{1f600}');
  });
});
