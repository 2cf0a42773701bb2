import { expect, it } from 'vitest';
import { hitFacts } from './hitFacts';
import { sysmonRecord } from './testRecords';

it('a process whose id is all zeros, as Sysmon writes of one it does not know, is told without an id', () => {
  const access = (guid: string) =>
    hitFacts(sysmonRecord(10, { ProcessGuid: '', SourceProcessGuid: guid, SourceImage: 'C:\\a.exe' }));
  expect(access('{00000000-0000-0000-0000-000000000000}')).not.toHaveProperty('entityId');
  expect(access('{A1B2C3D4-0000-69A5-0A00-000000000700}').entityId).toBe(
    'a1b2c3d4-0000-69a5-0a00-000000000700',
  );
});
