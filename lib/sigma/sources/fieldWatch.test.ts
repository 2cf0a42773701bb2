import { expect, it } from 'vitest';
import { createFieldWatch } from './fieldWatch';
import { sysmonRecord } from './testRecords';
import { testRule } from './testRules';

it('of a class with many records one in eight is still looked at', () => {
  const watch = createFieldWatch([
    testRule('{ category: process_creation }', '  a: { Product: y }\n  condition: a'),
  ]);
  const filled = (): readonly string[] => [...(watch.seen()[0]?.fields ?? [])];
  for (let i = 0; i < 256; i++) watch.see(sysmonRecord(1, {}));
  expect(filled()).toEqual([]);
  for (let i = 0; i < 8; i++) watch.see(sysmonRecord(1, { Product: 'y' }));
  expect(filled()).toEqual(['Product']);
});
