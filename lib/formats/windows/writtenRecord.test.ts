import { describe, expect, it } from 'vitest';
import { windowsFlatJson } from '../windowsFlatJson';
import { windowsSplunk } from '../windowsSplunk';
import { windowsTable } from '../windowsTable';
import { winlogbeat } from '../winlogbeat';

describe('the record itself, beside what became of it', () => {
  it('goes along with events and with ignored records, with time, provider and its own names', () => {
    const made = winlogbeat.normalise({
      '@timestamp': '2026-03-02T10:00:00.000Z',
      winlog: {
        channel: 'System',
        event_id: 7036,
        provider_name: 'Service Control Manager',
        computer_name: 'PC1',
        record_id: 3,
        event_data: { param1: 'Spooler' },
      },
    });
    expect(made.outcome).toBe('ignored');
    expect('written' in made ? made.written : undefined).toMatchObject({
      channel: 'System',
      eventId: 7036,
      provider: 'Service Control Manager',
      host: 'PC1',
      time: Date.UTC(2026, 2, 2, 10) * 1000,
      recordId: 3,
      data: { param1: 'Spooler' },
    });
  });

  it('has NXLog’s escaped values as they were, and Sysmon’s EventType', () => {
    const made = windowsFlatJson.normalise({
      SourceModuleType: 'im_msvistalog',
      Channel: 'Microsoft-Windows-Sysmon/Operational',
      EventID: 12,
      Hostname: 'PC1',
      EventTime: '2026-03-02 10:00:00',
      EventType: 'INFO',
      Image: 'C:\\a&amp;b.exe',
      TargetObject: 'HKLM\\x',
      Message: 'Registry object added or deleted:\r\nRuleName: -\r\nEventType: DeleteKey\r\nImage: x',
    });
    expect(made.outcome === 'event' ? made.written?.data : undefined).toMatchObject({
      EventType: 'DeleteKey',
      Image: 'C:\\a&b.exe',
    });
  });

  it('tells the collector’s own names from EventData’s where both stand in one object', () => {
    const made = windowsSplunk.normalise({
      ...{ EventCode: '4634', ComputerName: 'PC1', LogName: 'Security', _time: '2026-03-02T10:00:00Z' },
      ...{ index: 'main', sourcetype: 'WinEventLog', TargetUserName: 'ana', splunk_server: 's' },
    });
    const written = 'written' in made ? made.written : undefined;
    const own = Object.keys(written?.data ?? {}).filter((name) => written?.envelope?.has(name) !== true);
    expect(own).toEqual(['TargetUserName']);
  });

  it('has values without names as Data', () => {
    const made = windowsTable.normalise({
      Id: 400,
      LogName: 'Windows PowerShell',
      MachineName: 'PC1',
      TimeCreated: '2026-03-02T10:00:00Z',
      ProviderName: 'PowerShell',
      Properties: [{ Value: 'Available' }, { Value: 'None' }],
    });
    expect('written' in made ? made.written?.data.Data : undefined).toEqual(['Available', 'None']);
  });
});
