/** Where something is set, and what to write there. */
export type Setting = { readonly where: string; readonly change: string };

/** Settings by source, as sourceOf (lib/visibility/sources.ts) names it. A source that is not listed cannot, or is not known. */
export type SettingsBySource = Readonly<Record<string, Setting>>;

/** What a machine can always be made to write itself, the most telling first: where one cannot, the next is asked. */
export const OWN_LOG_SOURCES = ['Sysmon', 'Windows Security', 'Windows event log', 'PowerShell'] as const;

/** A rule group of Sysmon's configuration file. */
export function sysmon(change: string): SettingsBySource {
  return { Sysmon: { where: 'Sysmon configuration, EventFiltering', change } };
}

/** A subcategory of the advanced audit policy. */
export function audit(subcategory: string, and = ''): SettingsBySource {
  return {
    'Windows Security': {
      where: 'Advanced Audit Policy Configuration (group policy, or an elevated prompt)',
      change: `auditpol /set /subcategory:"${subcategory}" /success:enable${and}`,
    },
  };
}

/** A channel of the Windows event log that is off until somebody switches it on. */
export function channel(name: string, and = ''): SettingsBySource {
  return {
    'Windows event log': {
      where: 'Event log channels (an elevated prompt)',
      change: `wevtutil set-log ${name} /enabled:true${and}`,
    },
  };
}

/** Script block logging of PowerShell. */
export const SCRIPT_BLOCKS: SettingsBySource = {
  PowerShell: {
    where:
      'Group policy: Administrative Templates, Windows Components, Windows PowerShell, "Turn on PowerShell Script Block Logging"',
    change:
      'reg add HKLM\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell\\ScriptBlockLogging /v EnableScriptBlockLogging /t REG_DWORD /d 1 /f',
  },
};

/** The command line in Security 4688. */
export const COMMAND_LINES: SettingsBySource = {
  'Windows Security': {
    where:
      'Group policy: Administrative Templates, System, Audit Process Creation, "Include command line in process creation events"',
    change:
      'reg add HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System\\Audit /v ProcessCreationIncludeCmdLine_Enabled /t REG_DWORD /d 1 /f',
  },
};

/** The same thing at the vendors: what each calls it in its own policy or feed. */
export function vendors(names: {
  readonly defender?: string;
  readonly falcon?: string;
  readonly elastic?: string;
  readonly sentinelOne?: string;
}): SettingsBySource {
  const { defender, falcon, elastic, sentinelOne } = names;
  const elasticSwitch = elastic === undefined ? undefined : elasticSetting(elastic);
  return {
    ...(defender === undefined ? {} : { 'Microsoft Defender XDR': defenderSetting(defender) }),
    ...(falcon === undefined ? {} : { 'CrowdStrike Falcon': falconSetting(falcon) }),
    ...(elasticSwitch === undefined ? {} : { 'Elastic Defend': elasticSwitch, Endgame: elasticSwitch }),
    ...(sentinelOne === undefined ? {} : { SentinelOne: sentinelOneSetting(sentinelOne) }),
  };
}

function defenderSetting(table: string): Setting {
  return {
    where:
      'Microsoft Defender portal, Settings, Microsoft Defender XDR, Streaming API (or the hunting export)',
    change: `Onboard the machine, and send the table ${table}.`,
  };
}

function falconSetting(events: string): Setting {
  return {
    where: 'CrowdStrike Falcon, Falcon Data Replicator feed, and the prevention policy of the host group',
    change: `Let the feed include ${events}.`,
  };
}

function elasticSetting(name: string): Setting {
  return {
    where: 'Elastic Defend integration policy, Event collection, Windows',
    change: `Switch on "${name}", and remove event filters for it.`,
  };
}

function sentinelOneSetting(name: string): Setting {
  return {
    where: 'SentinelOne policy, Deep Visibility configuration',
    change: `Switch on Deep Visibility with "${name}".`,
  };
}
