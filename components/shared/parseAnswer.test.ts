import { expect, it } from 'vitest';
import { z } from 'zod';
import { ApiError, parseAnswer } from './apiClient';

it('keeps of a refused note the text that somebody else saved', () => {
  const theirs = { version: 2, title: 't', body: 'theirs', by: 'ada', at: '2026-01-01T00:00:00.000Z' };
  const text = JSON.stringify({
    type: 'urn:sequela:problem:conflict',
    title: 'Changed meanwhile',
    status: 409,
    detail: 'ada saved this note since you began.',
    code: 'conflict',
    revision: 2,
    by: 'ada',
    theirs,
  });
  const refused = (() => {
    try {
      return parseAnswer(409, text, z.unknown());
    } catch (cause) {
      return cause;
    }
  })();
  expect(refused).toBeInstanceOf(ApiError);
  expect((refused as ApiError).problem?.theirs).toEqual(theirs);
});
