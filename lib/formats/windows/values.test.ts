import { describe, expect, it } from 'vitest';
import { entityId, sid, text } from './values';
import type { WindowsRecord } from './windowsRecord';

const record = (data: Record<string, unknown>): WindowsRecord => ({
  channel: 'Security',
  eventId: 4688,
  host: 'ws1',
  time: undefined,
  recordId: undefined,
  message: undefined,
  writerPid: undefined,
  nxlog: false,
  data,
});

describe('values of a record', () => {
  it('never hand on what a database cannot hold, wherever an attacker puts it', () => {
    const guid = '{39e4a257-2d77-5f91-6b13-0000\0\ud8000700}';
    expect(text(record({ Image: 'C:\\a\0b.exe' }), 'Image')).toBe('C:\\a\u2400b.exe');
    expect(entityId(record({ ProcessGuid: guid }), 'ProcessGuid')).toBe(
      '39e4a257-2d77-5f91-6b13-0000\u2400\ufffd0700',
    );
    expect(sid('S-1-5-21-1\0')).toBe('S-1-5-21-1\u2400');
  });
});
