import { describe, expect, it } from 'vitest';
import { SECURITY, SYSMON } from './channels';
import { namesByPosition } from './dataNames';
import { dataOfMessage } from './messageText';

const SUBJECT =
  'Subject:\n\tSecurity ID:\t\tS-1-5-18\n\tAccount Name:\t\tWS7$\n\tAccount Domain:\t\tLAB\n\tLogon ID:\t\t0x3E7\n';
const TARGET =
  'Target Subject:\n\tSecurity ID:\t\tS-1-0-0\n\tAccount Name:\t\t-\n\tAccount Domain:\t\t-\n\tLogon ID:\t\t0x0\n';

describe('data of a rendered message', () => {
  it('is told by the number of its values: a line that a version of Windows left out moves no other', () => {
    const start = `A new process has been created.\n\nCreator ${SUBJECT}\n${TARGET}\nProcess Information:\n\tNew Process ID:\t\t0x2bfc\n\tNew Process Name:\tC:\\a.exe\n\tToken Elevation Type:\tTokenElevationTypeFull (2)\n`;
    const creator = '\tCreator Process ID:\t0x2a28\n';
    const commandLine = '\tProcess Command Line:\ta.exe /x\n\nToken Elevation Type indicates: a type.\n';
    for (const [middle, parent] of [
      [creator, undefined],
      [`\tMandatory Label:\t\tS-1-16-8192\n${creator}`, undefined],
      [`${creator}\tCreator Process Name:\tC:\\p.exe\n`, 'C:\\p.exe'],
      [`\tMandatory Label:\t\tS-1-16-8192\n${creator}\tCreator Process Name:\tC:\\p.exe\n`, 'C:\\p.exe'],
    ] as const) {
      const data = dataOfMessage(SECURITY, 4688, start + middle + commandLine);
      expect(data).toMatchObject({ NewProcessId: '0x2bfc', ProcessId: '0x2a28', CommandLine: 'a.exe /x' });
      expect(data?.ParentProcessName).toBe(parent);
    }
  });

  it('is none when no version of the message has as many values', () => {
    expect(dataOfMessage(SECURITY, 4688, `A new process has been created.\n\n${SUBJECT}`)).toBeUndefined();
    expect(dataOfMessage(SECURITY, 4688, 'A new process has been created.')).toBeUndefined();
    expect(dataOfMessage(SECURITY, 4672, SUBJECT)).toBeUndefined();
  });

  it('keeps the lines of a value that goes over several', () => {
    const message =
      'File stream created:\r\nUtcTime: 2026-11-20 08:16:31.700\r\nContents: [ZoneTransfer]\r\nZoneId=3\r\nUser: LAB\\kim\r\n';
    expect(dataOfMessage(SYSMON, 15, message)).toEqual({
      UtcTime: '2026-11-20 08:16:31.700',
      Contents: '[ZoneTransfer]\nZoneId=3',
      User: 'LAB\\kim',
    });
  });

  it('is found on a single line, labels inside values notwithstanding', () => {
    const message = `Process accessed. UtcTime: 2026-11-20 08:16:31.700 ProcessGuid: {1} ProcessId: 7 Image: C:\\a b.exe CommandLine: a.exe "User: x" CurrentDirectory: C:\\ User: LAB\\kim`;
    expect(dataOfMessage(SYSMON, 1, message)).toMatchObject({
      Image: 'C:\\a b.exe',
      CommandLine: 'a.exe "User: x"',
      User: 'LAB\\kim',
    });
  });

  it('takes time that grows with the message', () => {
    for (const unit of ['\tA:\tb\n', 'User: ', ': ', '：', '\n'])
      for (const id of [1, 4688, 4624, 5156]) {
        dataOfMessage(SECURITY, id, unit.repeat(100_000));
        dataOfMessage(SYSMON, id, unit.repeat(100_000));
      }
  });
});

describe('names by position', () => {
  it('know the orders of older Sysmon versions', () => {
    const old = ['2019-01-01 00:00:00.000', '{g}', '7', 'C:\\a.exe'];
    expect(namesByPosition(SYSMON, 5, old)?.[0]).toBe('UtcTime');
    const nine = ['', '2019-01-01 00:00:00.000', ...new Array<string>(19).fill('x')];
    expect(namesByPosition(SYSMON, 1, nine)?.[9]).toBe('CommandLine');
    const fifteen = ['-', '2026-01-01 00:00:00.000', ...new Array<string>(21).fill('x')];
    expect(namesByPosition(SYSMON, 1, fifteen)?.[9]).toBe('OriginalFileName');
  });
});
