import { expect, test } from 'vitest';
import { REGEX_STEPS_MAX } from './budget';
import { compiledRegex, compiledSteps, type Regex } from './regexCache';

test('those used last stay compiled, and no more than there is room for', () => {
  const regexes = Array.from({ length: 5 }, (_, i): Regex => {
    return { body: `a${i}`, flags: 0, size: REGEX_STEPS_MAX / 4 };
  });
  const [first, second] = regexes.map(compiledRegex);
  const [one, two, , , five] = regexes as [Regex, Regex, Regex, Regex, Regex];
  expect(compiledSteps()).toBe(REGEX_STEPS_MAX);
  // The fifth pushed the first out; the second was used since and stays.
  expect(compiledRegex(two)).toBe(second);
  expect(compiledRegex(one)).not.toBe(first);
  expect(compiledRegex(two)).toBe(second);
  expect(compiledRegex(five).matcher('xa4').find()).toBe(true);
  expect(compiledSteps()).toBe(REGEX_STEPS_MAX);
});
