import { describe, expect, it } from 'vitest';
import { importQuery, reparseBody } from './imports';

describe('how an import is to be read again', () => {
  const takes = (body: unknown) => reparseBody.safeParse(body).success;

  it('may name formats, members of any script, and a password', () => {
    expect(takes({})).toBe(true);
    expect(takes({ format: 'mapping:home-made', password: 'pä\u{1f511}' })).toBe(true);
    expect(takes({ memberFormats: { 'Täglich/日誌-\u{1f4c4}.json': 'auto', '': 'auto' } })).toBe(true);
  });

  it('is refused when it holds text the database cannot store', () => {
    for (const bad of ['a\u0000b', '\u0000', 'half \ud83d of a pair', '\udd11']) {
      expect(takes({ format: bad })).toBe(false);
      expect(takes({ password: bad })).toBe(false);
      expect(takes({ memberFormats: { [bad]: 'auto' } })).toBe(false);
      expect(takes({ memberFormats: { 'a.json': bad } })).toBe(false);
      expect(importQuery.safeParse({ format: bad }).success).toBe(false);
    }
  });

  it('is refused when it names more, or longer, than a person would', () => {
    const members = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}.json`, 'auto']));
    expect(takes({ memberFormats: members(1_000) })).toBe(true);
    expect(takes({ memberFormats: members(1_001) })).toBe(false);
    expect(takes({ memberFormats: { ['x'.repeat(4_001)]: 'auto' } })).toBe(false);
    expect(takes({ memberFormats: { 'a.json': 'x'.repeat(65) } })).toBe(false);
  });
});
