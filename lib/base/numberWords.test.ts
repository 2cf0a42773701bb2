import { describe, expect, it } from 'vitest';
import { percentText } from './numberWords';

describe('a share in percent', () => {
  it('is a dash where nothing was counted', () => {
    expect(percentText(null)).toBe('–');
  });

  it('is never all nor nothing unless it is', () => {
    expect([percentText(0), percentText(1)]).toEqual(['0 %', '100 %']);
    expect([percentText(0.0001), percentText(0.999999999999)]).toEqual(['<1 %', '99 %']);
  });

  it('is every whole percent as it was counted', () => {
    for (let n = 1; n < 100; n++) expect(percentText(n / 100)).toBe(`${n} %`);
  });
});
