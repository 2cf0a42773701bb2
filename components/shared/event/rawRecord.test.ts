import { describe, expect, it } from 'vitest';
import { prettyJson, rawLines } from './rawRecord';

describe('prettyJson', () => {
  it('indents and rewrites nothing: long integers, escapes and order stay', () => {
    const raw = '{"id":12345678901234567890,"b":"a\\"{,}\\u202e","a":[1,{}],"e":[ ]}';
    const pretty = prettyJson(raw);
    expect(pretty).toBe(
      '{\n  "id": 12345678901234567890,\n  "b": "a\\"{,}\\u202e",\n  "a": [\n    1,\n    {}\n  ],\n  "e": []\n}',
    );
    expect(JSON.parse(pretty ?? '')).toEqual(JSON.parse(raw));
  });
  it('leaves what is not JSON', () =>
    expect(['<Event/>', 'a,b', '{"cut":'].map(prettyJson)).toEqual([null, null, null]));
});

describe('rawLines', () => {
  it('keeps every line', () => {
    expect(rawLines('a\r\n\n\tb').map((line) => line.text)).toEqual(['a', ' ', '    b']);
  });
});
