import { describe, expect, it } from 'vitest';
import type { EventDraft, NormalisedRecord } from '../events/record';
import { defenderAlerts } from './defenderAlerts';
import { defenderHunting } from './defenderHunting';
import { defenderTimeline } from './defenderTimeline';
import { detectFormat } from './detectFormat';
import type { VendorRecord } from './exportFormat';
import { FORMATS } from './index';
import { createNormaliser } from './recognise';
import { createRecordDecoder } from './recordDecoder';

const DEVICE = { DeviceId: 'f00d'.repeat(10), DeviceName: 'ws1.corp.example' };
const START: VendorRecord = {
  ...DEVICE,
  Timestamp: '2026-03-02T09:15:03.4567891Z',
  ActionType: 'ProcessCreated',
  FileName: 'wscript.exe',
  FolderPath: 'C:\\Windows\\System32\\wscript.exe',
  ProcessId: 7304,
  ProcessCreationTime: '2026-03-02T09:15:03.4009999Z',
  InitiatingProcessId: 5120,
  InitiatingProcessCreationTime: '2026-03-02T07:58:11.1234567Z',
  InitiatingProcessFileName: 'explorer.exe',
};

describe('identity of a process', () => {
  it('is the same for the new process, an actor, an actor’s parent and an alert', () => {
    const started = eventOf(START);
    const acting = eventOf({
      ...DEVICE,
      Timestamp: '2026-03-02T09:15:04Z',
      ActionType: 'FileCreated',
      FileName: 'a.tmp',
      FolderPath: 'C:\\a.tmp',
      InitiatingProcessId: 7304,
      InitiatingProcessCreationTime: '2026-03-02T09:15:03.4009999Z',
      InitiatingProcessParentId: 5120,
      InitiatingProcessParentCreationTime: '2026-03-02T07:58:11.1234567Z',
    });
    const alerted = eventOf({
      ...DEVICE,
      Timestamp: '2026-03-02T09:15:04Z',
      AlertId: 'da1',
      EntityType: 'Process',
      AdditionalFields: '{"ProcessId":"7304","CreationTimeUtc":"2026-03-02T09:15:03.4009999Z"}',
    });
    expect(started['process.entity_id']).toBe('7304-1772442903400');
    expect(acting['process.entity_id']).toBe(started['process.entity_id']);
    expect(acting['process.parent.entity_id']).toBe(started['process.parent.entity_id']);
    expect(alerted['process.entity_id']).toBe(started['process.entity_id']);
  });

  it('is the same in the device timeline and in a portal’s export, which keep milliseconds only', () => {
    const timeline = defenderTimeline.normalise({
      'Event Time': '2026-03-02T09:15:03.456',
      'Machine Id': DEVICE.DeviceId,
      'Computer Name': DEVICE.DeviceName,
      'Action Type': 'ProcessCreated',
      'File Name': 'wscript.exe',
      'Process Id': '7304',
      'Process Creation Time': '2026-03-02T09:15:03.400',
    });
    const { ProcessCreationTime: _time, ...rest } = START;
    const portal = { ...rest, 'ProcessCreationTime [UTC]': '3/2/2026, 9:15:03.400 AM' };
    expect(draft(timeline)['process.entity_id']).toBe('7304-1772442903400');
    expect(eventOf(portal)['process.entity_id']).toBe('7304-1772442903400');
  });

  it('does not depend on the unique id that only newer tenants write', () => {
    const newer = { ...START, ProcessUniqueId: '9007199254748871', InitiatingProcessUniqueId: '86694292826' };
    expect(eventOf(newer)['process.entity_id']).toBe(eventOf(START)['process.entity_id']);
  });

  it('is left open without a creation time, and pid 0 is no process', () => {
    const { ProcessCreationTime: _time, ...rest } = START;
    expect(eventOf(rest)['process.entity_id']).toBeUndefined();
    expect(eventOf(rest)['process.pid']).toBe(7304);
    expect(eventOf({ ...START, InitiatingProcessId: 0 })['process.parent.pid']).toBeUndefined();
  });
});

describe('containers of Defender exports', () => {
  const streamed = {
    time: '2026-03-02T09:20:00Z',
    category: 'AdvancedHunting-DeviceProcessEvents',
    properties: START,
  };

  it.each([
    [
      'the hunting API',
      JSON.stringify({ Schema: [{ Name: 'Timestamp', Type: 'DateTime' }], Results: [START, START] }),
    ],
    [
      'Graph runHuntingQuery',
      JSON.stringify({ schema: [{ name: 'Timestamp' }], results: [START, START] }, null, 2),
    ],
    ['Event Hub', JSON.stringify({ records: [streamed, streamed] })],
    ['a storage account', `${JSON.stringify(streamed)}\n${JSON.stringify(streamed)}\n`],
    [
      'a collector',
      `${JSON.stringify({ message: JSON.stringify(streamed) })}\n${JSON.stringify({ result: streamed })}\n`,
    ],
    [
      'a portal’s CSV with a mark and quoted JSON',
      `\ufeff"Timestamp","DeviceName","ActionType","FileName","ProcessId","AdditionalFields"\r\n${`"2026-03-02T09:15:03.4567891Z","ws1","ProcessCreated","a.exe","12","{""A"":""b, c""}"\r\n`.repeat(2)}`,
    ],
  ])('reads two rows out of %s', (_name, text) => {
    const bytes = new TextEncoder().encode(text);
    expect(detectFormat(bytes, true).format.id).toBe('defender-hunting');
    const outcomes = readAll(bytes);
    expect(outcomes.map((one) => one.outcome)).toEqual(['event', 'event']);
    expect(outcomes.map((one) => draft(one).kind)).toEqual(['process_start', 'process_start']);
  });

  it('reads rows of several tables in one file, each as what its ActionType says', () => {
    const rows = [
      'ProcessCreated,a.exe,12,',
      'ConnectionSuccess,,,203.0.113.9',
      'UsbDriveMounted,,,',
      'FileDeleted,b.exe,,',
    ];
    const text = `Timestamp,DeviceName,ActionType,FileName,ProcessId,RemoteIP\n${rows.map((row) => `2026-03-02T09:15:03Z,ws1,${row}`).join('\n')}\n`;
    const outcomes = readAll(new TextEncoder().encode(text));
    expect(outcomes.map((one) => (one.outcome === 'event' ? one.event.kind : one.outcome))).toEqual([
      'process_start',
      'network_connect',
      'ignored',
      'file_delete',
    ]);
    expect(
      new Set(outcomes.flatMap((one) => (one.outcome === 'event' ? [one.event.channel] : []))).size,
    ).toBe(3);
  });

  it('reads a list of alerts from the API, an incident as its alerts', () => {
    const alert = (id: string): VendorRecord => ({
      id,
      title: 'x',
      severity: 'high',
      serviceSource: 'microsoftDefenderForEndpoint',
      createdDateTime: '2026-03-02T09:20:00Z',
      evidence: [
        {
          '@odata.type': '#microsoft.graph.security.deviceEvidence',
          mdeDeviceId: 'd1',
          deviceDnsName: 'ws1',
        },
      ],
    });
    const incident = {
      id: '7',
      displayName: 'x',
      incidentWebUrl: 'https://x',
      alerts: [alert('a'), alert('b')],
    };
    for (const value of [[alert('a'), alert('b')], [incident]]) {
      const bytes = new TextEncoder().encode(JSON.stringify({ '@odata.context': 'x', value }));
      expect(detectFormat(bytes, true).format).toBe(defenderAlerts);
      expect(readAll(bytes).map((one) => draft(one)['event.id'])).toEqual(['a', 'b']);
    }
  });
});

describe('kinds of rows', () => {
  it.each([
    ['ConnectionFoundAggregatedReport', 'network_connect'],
    ['AsrObfuscatedScriptWarnBypassed', 'alert'],
    ['SmartScreenUrlWarning', 'alert'],
    ['ExploitGuardNetworkProtectionBlocked', 'alert'],
    ['AntivirusScanCompleted', 'ignored'],
    ['OpenProcessApiCall', 'ignored'],
    ['constructor', 'ignored'],
    ['__proto__', 'ignored'],
  ])('reads %s as %s', (ActionType, kind) => {
    const outcome = defenderHunting.normalise({ ...START, ActionType, RemoteIP: '203.0.113.9' });
    expect(outcome.outcome === 'event' ? outcome.event.kind : outcome.outcome).toBe(kind);
  });

  it('never takes an address for a name, nor a port for a part of it', () => {
    const connect = (RemoteUrl: string): EventDraft =>
      eventOf({ ...START, ActionType: 'ConnectionSuccess', RemoteIP: '203.0.113.9', RemoteUrl });
    expect(connect('http://203.0.113.9/a')['destination.domain']).toBeUndefined();
    expect(connect('[2001:db8::1]:443')['destination.domain']).toBeUndefined();
    expect(connect('2001:db8::1')['destination.domain']).toBeUndefined();
    expect(connect('https://user:secret@evil.example:8443/x?y#z')['destination.domain']).toBe('evil.example');
    expect(connect('evil.example:8443')['destination.domain']).toBe('evil.example');
    expect(connect('evil.example')['url.full']).toBeUndefined();
  });
});

function readAll(bytes: Uint8Array): readonly NormalisedRecord[] {
  const { format } = detectFormat(bytes, true);
  const decoder = createRecordDecoder();
  const normalise = createNormaliser(format, FORMATS);
  return [...decoder.push(bytes), ...decoder.end().records].flatMap((record) =>
    record.value === undefined ? [] : normalise(record.value),
  );
}

function eventOf(row: VendorRecord): EventDraft {
  return draft(defenderHunting.normalise(row));
}

function draft(outcome: NormalisedRecord): EventDraft {
  if (outcome.outcome !== 'event') throw new Error(JSON.stringify(outcome));
  return outcome.event;
}
