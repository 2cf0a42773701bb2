import { EVENT_KINDS, type EventKind } from '../events/endpointEvent';
import { categoriesOfKind } from '../sigma/sources/categories';
import { CHANNELS_OF_SERVICE } from '../sigma/sources/services';
import { fixFor } from './fixes';
import { COMMAND_LINES, channel, type Setting, sysmon } from './fixSettings';

/** What a rule of Sigma lacks: a log source as `windows/process_creation` or `windows/security`, or a field by Sigma's name. */
export type SigmaLacks = { readonly kind: 'logsource' | 'field'; readonly what: string };

/**
 * Categories by the rule group of Sysmon's configuration that records them: those that no kind of event of ours stands
 * for, and those of which our own stages need less than rules do.
 */
const SYSMON_GROUPS: Readonly<Record<string, string>> = {
  driver_load: 'DriverLoad',
  process_access: 'ProcessAccess',
  raw_access_thread: 'RawAccessRead',
  raw_access_read: 'RawAccessRead',
  registry_event: 'RegistryEvent',
  registry_set: 'RegistryEvent',
  registry_add: 'RegistryEvent',
  registry_delete: 'RegistryEvent',
  registry_rename: 'RegistryEvent',
  wmi_event: 'WmiEvent',
  clipboard_capture: 'ClipboardChange',
  clipboard_change: 'ClipboardChange',
  process_tampering: 'ProcessTampering',
  file_change: 'FileCreateTime',
  file_block: 'FileBlockExecutable',
  file_block_executable: 'FileBlockExecutable',
  file_block_shredding: 'FileBlockShredding',
  file_executable_detected: 'FileExecutableDetected',
};

/** Categories whose records are a log of Windows that is collected as a whole, by the service that is its name in Sigma. */
const SERVICES: Readonly<Record<string, string>> = {
  ps_classic_start: 'powershell-classic',
  ps_classic_provider_start: 'powershell-classic',
  ps_classic_script: 'powershell-classic',
  sysmon_status: 'sysmon',
  sysmon_error: 'sysmon',
  antivirus: 'windefend',
};

const MODULE_LOGGING: Setting = {
  where:
    'Group policy: Administrative Templates, Windows Components, Windows PowerShell, "Turn on Module Logging"',
  change: 'Enabled, Module Names: *',
};

/** Sigma's fields that another field's setting fills; a rule's other fields have no setting of their own. */
const FILLED_LIKE: Readonly<Record<string, string>> = {
  commandline: 'process.command_line',
  parentcommandline: 'process.parent.command_line',
  parentimage: 'process.parent.executable',
  originalfilename: 'process.pe.original_file_name',
  // What the image's own resources say comes with its original name.
  description: 'process.pe.original_file_name',
  product: 'process.pe.original_file_name',
  company: 'process.pe.original_file_name',
  fileversion: 'process.pe.original_file_name',
  integritylevel: 'process.integrity_level',
  currentdirectory: 'process.working_directory',
  hashes: 'process.hash.sha256',
  imphash: 'process.hash.sha256',
  md5: 'process.hash.sha256',
  sha1: 'process.hash.sha256',
  sha256: 'process.hash.sha256',
  destinationhostname: 'destination.domain',
  queryname: 'dns.question.name',
};

/**
 * The setting that would give rules what they lack, in one sentence; undefined where none is known. Sysmon's is told
 * where it has one: it is what the community's rules are written for.
 */
export function sigmaFix({ kind, what }: SigmaLacks): string | undefined {
  if (kind === 'field') {
    const like = FILLED_LIKE[what.toLowerCase()];
    if (like === undefined) return undefined;
    const fix = told(fixFor({ kind: 'field', what: like, sentence: '' }, 'Sysmon'));
    const audit = like === 'process.command_line' ? told(COMMAND_LINES['Windows Security']) : undefined;
    return audit === undefined ? fix : `${fix}. For Security 4688: ${audit}`;
  }
  const parts = (what.split(' ')[0] ?? '').split('/');
  const name = (parts[0] === 'windows' ? parts[1] : parts[0]) ?? '';
  if (name === 'ps_module') return told(MODULE_LOGGING);
  const event = SERVICES[name] === undefined ? KIND_OF_CATEGORY.get(name) : undefined;
  if (event !== undefined) return told(fixFor({ kind: 'kind', what: event, sentence: '' }, 'Sysmon'));
  const group = SYSMON_GROUPS[name];
  if (group !== undefined) return told(sysmon(`<${group} onmatch="exclude"/>`).Sysmon);
  const [log] = CHANNELS_OF_SERVICE.get(SERVICES[name] ?? name) ?? [];
  if (log === undefined) return undefined;
  const setting = channel(`"${log}"`)['Windows event log'];
  return `Collect the channel ${log}; where it is off: ${setting?.change ?? ''}`;
}

/** The kind of event that stands for a category, where its setting is that of the kind. */
const KIND_OF_CATEGORY: ReadonlyMap<string, EventKind> = new Map(
  EVENT_KINDS.flatMap((kind) =>
    categoriesOfKind(kind).flatMap((category) =>
      SYSMON_GROUPS[category] === undefined ? [[category, kind] as const] : [],
    ),
  ),
);

function told(setting: Setting | undefined): string | undefined {
  if (setting === undefined) return undefined;
  const install = setting.where.startsWith('Sysmon') ? 'Install Sysmon where it is missing. ' : '';
  return `${install}${setting.where}: ${setting.change}`;
}
