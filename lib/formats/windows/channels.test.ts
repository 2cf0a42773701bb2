import { describe, expect, it } from 'vitest';
import { channelOf, SECURITY, SYSMON } from './channels';

describe('the channel of a Windows record', () => {
  it('is one channel however its name is written', () => {
    expect(channelOf('security', undefined)).toBe(SECURITY);
    expect(channelOf('MICROSOFT-WINDOWS-SYSMON/OPERATIONAL', undefined)).toBe(SYSMON);
  });

  it('is told by the provider when a collector put its own channel in', () => {
    expect(channelOf('ForwardedEvents', 'Microsoft-Windows-Security-Auditing')).toBe(SECURITY);
    expect(channelOf(undefined, 'Microsoft-Windows-Sysmon')).toBe(SYSMON);
  });

  it('stays as written when it is none we know', () => {
    expect(channelOf('Application', undefined)).toBe('Application');
  });
});
