import { expect, it } from 'vitest';
import { coverageWidths } from './coverageWidths';

it('shares a bar among the three states', () => {
  expect(coverageWidths({ visible: 1, partial: 0, blind: 3 })).toEqual({
    visible: 25,
    partial: 0,
    blind: 75,
  });
});

it('draws nothing where nothing is known', () => {
  expect(coverageWidths({ visible: 0, partial: 0, blind: 0 })).toEqual({ visible: 0, partial: 0, blind: 0 });
});
