import { expect, it } from 'vitest';
import { hitRef, parseHitRef } from './hitRef';

const EVENT = '0b8f5b0e-3f0a-5c3d-9d2e-0123456789ab';

it('a hit’s ref names its host, its record and the text of its rule, and is read back', () => {
  const key = { hostId: 12, eventId: EVENT, ruleId: 345 };
  expect(hitRef(key)).toBe(`12-${EVENT}-345`);
  expect(parseHitRef(hitRef(key))).toEqual(key);
});

it('what is no ref is none, also where its numbers are more than the database holds', () => {
  for (const text of [
    '',
    EVENT,
    `12-${EVENT}`,
    `12-${EVENT}-x`,
    `-1-${EVENT}-345`,
    `12-${EVENT}-345-6`,
    `12-${EVENT}-3456789012`,
    `3456789012-${EVENT}-345`,
    `12-${EVENT.toUpperCase()}-345`,
    `12-${EVENT}-345\n`,
  ])
    expect(parseHitRef(text), text).toBeUndefined();
});
