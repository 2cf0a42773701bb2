import { describe, expect, it } from 'vitest';
import { AppError } from './appError';
import { assert, assertNever } from './assert';

describe('assert', () => {
  it('names the culprit of a state that cannot be', () => {
    expect(() => assert(false, 'stage without events')).toThrow('impossible state: stage without events');
    expect(() => assert(1, 'nothing')).not.toThrow();
    expect(() => assertNever('x' as never, 'kind')).toThrow('impossible variant of kind: x');
  });
});

describe('AppError', () => {
  it('carries a code and facts beside the sentence for a person', () => {
    const refusal = new AppError('too_large', 'The file is larger than 2 GB.', { bytes: 3e9 });
    expect(refusal).toMatchObject({ name: 'AppError', code: 'too_large', details: { bytes: 3e9 } });
    expect(refusal).toBeInstanceOf(Error);
    expect(new AppError('conflict', 'Somebody else was first.').details).toEqual({});
  });
});
