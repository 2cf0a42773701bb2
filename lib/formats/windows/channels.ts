import { storable } from '../vendorValues';

/** Channels of the Windows event log whose events are read, in one spelling each. */
export const SYSMON = 'Microsoft-Windows-Sysmon/Operational';
export const SECURITY = 'Security';
export const POWERSHELL = 'Microsoft-Windows-PowerShell/Operational';
export const SYSTEM = 'System';
export const DEFENDER = 'Microsoft-Windows-Windows Defender/Operational';
export const APPLICATION = 'Application';
export const TASK_SCHEDULER = 'Microsoft-Windows-TaskScheduler/Operational';
export const BITS = 'Microsoft-Windows-Bits-Client/Operational';
export const DPAPI = 'Microsoft-Windows-Crypto-DPAPI/Operational';
/** Where Windows puts the same events when only the debug log is switched on. */
export const DPAPI_DEBUG = 'Microsoft-Windows-Crypto-DPAPI/Debug';

const READ = [
  SYSMON,
  SECURITY,
  POWERSHELL,
  SYSTEM,
  DEFENDER,
  APPLICATION,
  TASK_SCHEDULER,
  BITS,
  DPAPI,
  DPAPI_DEBUG,
];

/** The same as a set: logs that number their records one by one. */
export const NUMBERED_LOGS: ReadonlySet<string> = new Set(READ);

/** The channel a record belongs to, in its own spelling; the provider tells when the channel is missing or a collector's. */
export function channelOf(channel: unknown, provider: unknown): string {
  if (typeof channel === 'string' && channel !== '' && channel !== 'ForwardedEvents') {
    return CHANNEL_BY_NAME.get(channel) ?? CHANNEL_BY_NAME.get(channel.toLowerCase()) ?? storable(channel);
  }
  return typeof provider === 'string' ? (CHANNEL_OF_PROVIDER.get(provider) ?? storable(provider)) : '';
}

/** Channel names have no case, and collectors write them in any (`security`): one spelling each, so that they join. */
const CHANNEL_BY_NAME: ReadonlyMap<string, string> = new Map([
  ...READ.flatMap((name): [string, string][] => [
    [name, name],
    [name.toLowerCase(), name],
  ]),
  // Abbreviations of Hayabusa's timelines.
  ['sysmon', SYSMON],
  ['sec', SECURITY],
  ['pwsh', POWERSHELL],
  ['sys', SYSTEM],
  ['defender', DEFENDER],
  ['app', APPLICATION],
  ['tasksch', TASK_SCHEDULER],
  ['bitscli', BITS],
]);

const CHANNEL_OF_PROVIDER: ReadonlyMap<string, string> = new Map([
  ['Microsoft-Windows-Sysmon', SYSMON],
  ['Microsoft-Windows-Security-Auditing', SECURITY],
  ['Microsoft Windows security auditing.', SECURITY],
  ['Security-Auditing', SECURITY],
  ['Sysmon', SYSMON],
  ['Microsoft-Windows-PowerShell', POWERSHELL],
  ['PowerShell (Microsoft-Windows-PowerShell)', POWERSHELL],
  ['Microsoft-Windows-Windows Defender', DEFENDER],
  ['Microsoft-Windows-TaskScheduler', TASK_SCHEDULER],
  ['Microsoft-Windows-Bits-Client', BITS],
  ['Microsoft-Windows-Crypto-DPAPI', DPAPI],
  ['Service Control Manager', SYSTEM],
  ['Application Error', APPLICATION],
  ['Application Hang', APPLICATION],
  ['Windows Error Reporting', APPLICATION],
]);
