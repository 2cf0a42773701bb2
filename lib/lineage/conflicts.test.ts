import { describe, expect, it } from 'vitest';
import { micros } from '../base/time';
import type { EventId } from '../events/endpointEvent';
import { conflictsOf } from './conflicts';
import type { ProcessSource } from './lineage';

describe('conflictsOf', () => {
  it('finds none in different spellings of one thing', () => {
    const long = `powershell -enc ${'A'.repeat(300)}`;
    expect(
      conflictsOf([
        source({
          image: 'C:\\Windows\\System32\\cmd.exe',
          user: 'CORP\\jdoe',
          commandLine: `"powershell"  -enc ${'A'.repeat(300)}BBBB`,
          parentImage: 'C:\\Windows\\explorer.exe',
        }),
        source({
          image: '\\Device\\HarddiskVolume3\\Windows\\System32\\CMD.EXE',
          user: 'jdoe',
          commandLine: long,
          parentImage: 'explorer.exe',
          startedAt: micros(1_000_000 + 900_000),
        }),
      ]),
    ).toEqual([]);
  });

  it('names what sources really disagree on, and nothing that one leaves out', () => {
    expect(
      conflictsOf([
        source({ image: 'C:\\a\\x.exe', user: 'CORP\\jdoe', sha256: 'aa' }),
        source({ image: 'C:\\b\\x.exe', user: 'CORP\\admin' }),
      ]),
    ).toEqual(['image', 'user']);
  });
});

function source(told: Partial<ProcessSource>): ProcessSource {
  return { channel: 'c', event: 'e' as EventId, startedAt: micros(1_000_000), ...told };
}
