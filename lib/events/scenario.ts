import { assert } from '../base/assert';
import {
  formatMicros,
  MICROS_PER_DAY,
  MICROS_PER_HOUR,
  MICROS_PER_MINUTE,
  MICROS_PER_SECOND,
  type Micros,
  micros,
  parseMicros,
} from '../base/time';
import type { EndpointEvent, EntityId, EventKind, RecordedField } from './endpointEvent';
import { eventId } from './eventId';
import { normaliseHostName } from './hostName';
import { compareEvents } from './order';
import type { EventDraft } from './record';
import { tellBackground } from './scenarioBackground';
import type { Extra, Scenario, ScenarioOptions, StartOptions, StoryProcess } from './story';

/** Begins a story; see ScenarioOptions. */
export function scenario(options: ScenarioOptions = {}): Scenario {
  const host = normaliseHostName(options.host ?? 'ws01.corp.example');
  const user = options.user ?? 'CORP\\j.doe';
  const source = options.source ?? 'sysmon';
  const digest = options.digest ?? quickDigest;
  const start = parseMicros(options.start ?? '2026-03-02T09:00:00Z');
  assert(start !== undefined, `story starts at ${options.start}`);
  const unrecorded = new Set<string>(options.without ?? []);
  const told: EndpointEvent[] = [];
  const machine = quickDigest(host).slice(0, 8);
  let clock: Micros = start;
  let recordId = 1000;
  let sequence = 0;

  const emit = (kind: EventKind, fields: Partial<Extra>, log: Log, reported?: Micros): void => {
    const stamp = LOGS[log][kind];
    if (stamp === undefined || unrecorded.has(kind)) return;
    const [channel, code] = stamp;
    const sensorTime = channel === SYSMON ? (reported ?? clock) : undefined;
    const draft: EventDraft = {
      kind,
      recorded: clock,
      ...(sensorTime === undefined ? {} : { reported: sensorTime }),
      host,
      channel,
      code,
      recordId: recordId++,
      ...recordedPart(fields, unrecorded, log),
    };
    // Told time is true time: a sensor clock that is wrong is what alignClocks would have seen through.
    told.push({
      ...draft,
      id: eventId(draft, digest),
      time: clock,
      clock: sensorTime === clock ? 'source' : 'record',
    });
  };

  const tell = (
    kind: EventKind,
    process: StoryProcess | undefined,
    fields: Extra,
    reported?: Micros,
  ): void => {
    const all = { ...(process === undefined ? {} : actorFields(process)), ...fields };
    if (source === 'security') emit(kind, all, 'security');
    else emit(kind, all, 'sysmon', reported);
    if (source === 'both' && kind === 'process_start') emit(kind, all, 'security');
    clock = micros(clock + 1000);
  };

  const identify = (executable: string, started: StartOptions): StoryProcess => {
    const account = started.user ?? user;
    sequence += 1;
    const seconds = Math.floor(clock / MICROS_PER_SECOND)
      .toString(16)
      .padStart(8, '0');
    const count = sequence.toString(16).padStart(4, '0');
    return {
      entityId: `${machine}-${seconds.slice(4)}-${seconds.slice(0, 4)}-${count}-000000000700` as EntityId,
      pid: started.pid ?? 4000 + sequence * 4,
      executable,
      commandLine: started.commandLine ?? `"${executable}"`,
      user: account,
      integrity: started.integrity ?? (account === SYSTEM ? 'system' : 'medium'),
      startedAt: clock,
    };
  };

  const explorer = identify('C:\\Windows\\explorer.exe', { commandLine: 'C:\\Windows\\Explorer.EXE' });
  const services = identify('C:\\Windows\\System32\\services.exe', { user: SYSTEM });
  const svchost = identify('C:\\Windows\\System32\\svchost.exe', {
    user: SYSTEM,
    commandLine: 'C:\\Windows\\system32\\svchost.exe -k netsvcs -p -s Schedule',
  });

  const story: Scenario = {
    host,
    user,
    explorer,
    services,
    svchost,
    now: () => formatMicros(clock),
    after(distance) {
      clock = micros(clock + distanceMicros(distance));
    },
    at(time) {
      const parsed = parseMicros(time);
      assert(parsed !== undefined, `story time ${time}`);
      clock = parsed;
    },
    loses(...what) {
      for (const one of what) unrecorded.add(one);
    },
    regains(...what) {
      for (const one of what) unrecorded.delete(one);
    },
    starts(executable, started = {}) {
      const child = identify(executable, started);
      const parent = started.parent ?? explorer;
      tell('process_start', child, {
        'process.command_line': child.commandLine,
        'process.pe.original_file_name': started.originalFileName ?? originalFileName(executable),
        'process.integrity_level': child.integrity,
        'process.hash.sha256': started.sha256 ?? quickDigest(baseName(executable)),
        'winlog.logon.id': child.user === SYSTEM ? '0x3e7' : '0x5f1c2',
        ...(started.workingDirectory === undefined
          ? {}
          : { 'process.working_directory': started.workingDirectory }),
        ...(parent === 'unknown' ? {} : parentFields(parent)),
      });
      return child;
    },
    ends: (process) => tell('process_end', process, {}),
    writes: (process, path, extra = {}) => tell('file_create', process, { 'file.path': path, ...extra }),
    renames: (process, from, to) =>
      tell('file_rename', process, { 'file.path': to, 'file.Ext.original.path': from }),
    deletes: (process, path) => tell('file_delete', process, { 'file.path': path }),
    marks: (process, path, origin = {}) =>
      tell('file_stream', process, {
        'file.path': `${path}:Zone.Identifier`,
        'file.zone_identifier': origin.zone ?? 3,
        ...(origin.hostUrl === undefined ? {} : { 'file.origin_url': origin.hostUrl }),
        ...(origin.referrerUrl === undefined ? {} : { 'file.origin_referrer_url': origin.referrerUrl }),
      }),
    reads: (process, path) => tell('file_access', process, { 'file.path': path, 'file.access': '0x1' }),
    connects(process, ip, port, connected = {}) {
      const skew = connected.sensorClock === undefined ? 0 : distanceMicros(connected.sensorClock);
      const fields: Extra = {
        'destination.ip': ip,
        'destination.port': port,
        'source.ip': '10.20.7.31',
        'source.port': 49_152 + (recordId % 16_000),
        'network.transport': connected.transport ?? 'tcp',
        'network.direction': connected.direction ?? 'egress',
        ...(connected.domain === undefined ? {} : { 'destination.domain': connected.domain }),
      };
      tell('network_connect', process, fields, micros(clock + skew));
    },
    resolves: (process, name, answers = []) =>
      tell('dns_query', process, { 'dns.question.name': name, 'dns.answers': answers.join(';') }),
    loads: (process, dll, signature = 'Valid') =>
      tell('image_load', process, { 'dll.path': dll, 'dll.code_signature.status': signature }),
    sets: (process, registryPath, data = '') =>
      tell('registry_set', process, { 'registry.path': registryPath, 'registry.data': data }),
    opensKey: (process, registryPath) => tell('registry_access', process, { 'registry.path': registryPath }),
    runsScript: (process, text) => tell('script_block', process, { 'powershell.script_block_text': text }),
    logsOn: (account, type = '2') =>
      tell('logon', undefined, {
        ...userFields(account),
        'winlog.logon.type': type,
        'winlog.logon.id': '0x5f1c2',
      }),
    alerts: (process, rule, message = rule) => tell('alert', process, { 'rule.name': rule, message }),
    tells: tell,
    background(background = {}) {
      const before = clock;
      tellBackground(story, start, background);
      clock = before;
    },
    events: () => [...told].sort(compareEvents),
  };
  return story;
}

const SYSTEM = 'NT AUTHORITY\\SYSTEM';
const SYSMON = 'Microsoft-Windows-Sysmon/Operational';
const SECURITY = 'Security';
const POWERSHELL = 'Microsoft-Windows-PowerShell/Operational';
const DEFENDER = 'Microsoft-Windows-Windows Defender/Operational';

type Log = 'sysmon' | 'security';

/** Kinds no sensor of ours needs to be installed for. */
const ALWAYS = {
  script_block: [POWERSHELL, '4104'],
  script_module: [POWERSHELL, '4103'],
  logon: [SECURITY, '4624'],
  log_clear: [SECURITY, '1102'],
  alert: [DEFENDER, '1116'],
  file_access: [SECURITY, '4663'],
  registry_access: [SECURITY, '4663'],
  task_create: [SECURITY, '4698'],
  app_crash: ['Application', '1000'],
  dpapi_use: ['Microsoft-Windows-Crypto-DPAPI/Debug', '16385'],
  sensor_change: [DEFENDER, '5001'],
  service_install: [SECURITY, '4697'],
  bits_transfer: ['Microsoft-Windows-Bits-Client/Operational', '59'],
} as const;

/** Which log and number tells of a kind; a kind that is not here leaves no trace on such a host. */
const LOGS: Readonly<
  Record<Log, Readonly<Partial<Record<EventKind, readonly [channel: string, code: string]>>>>
> = {
  sysmon: {
    ...ALWAYS,
    process_start: [SYSMON, '1'],
    process_end: [SYSMON, '5'],
    remote_thread: [SYSMON, '8'],
    file_time: [SYSMON, '2'],
    network_connect: [SYSMON, '3'],
    image_load: [SYSMON, '7'],
    file_create: [SYSMON, '11'],
    // Sysmon has no rename; other sensors do, and stories need one.
    file_rename: ['endpoint.events.file', 'rename'],
    registry_add: [SYSMON, '12'],
    registry_delete: [SYSMON, '12'],
    registry_set: [SYSMON, '13'],
    registry_rename: [SYSMON, '14'],
    file_stream: [SYSMON, '15'],
    pipe_create: [SYSMON, '17'],
    pipe_connect: [SYSMON, '18'],
    dns_query: [SYSMON, '22'],
    file_delete: [SYSMON, '23'],
  },
  security: {
    ...ALWAYS,
    process_start: [SECURITY, '4688'],
    process_end: [SECURITY, '4689'],
    network_connect: [SECURITY, '5156'],
    registry_set: [SECURITY, '4657'],
  },
};

/** What 4688 and its neighbours have no field for. */
const NOT_IN_SECURITY: ReadonlySet<string> = new Set<RecordedField>([
  'process.entity_id',
  'process.parent.entity_id',
  'process.parent.command_line',
  'process.pe.original_file_name',
  'process.working_directory',
  'process.hash.sha256',
  'destination.domain',
]);

function recordedPart(fields: Partial<Extra>, unrecorded: ReadonlySet<string>, log: Log): Partial<Extra> {
  const kept = Object.entries(fields).filter(
    ([field, value]) =>
      value !== undefined && !unrecorded.has(field) && !(log === 'security' && NOT_IN_SECURITY.has(field)),
  );
  return Object.fromEntries(kept);
}

function actorFields(process: StoryProcess): Extra {
  return {
    ...userFields(process.user),
    'process.entity_id': process.entityId,
    'process.pid': process.pid,
    'process.executable': process.executable,
  };
}

function parentFields(parent: StoryProcess): Extra {
  return {
    'process.parent.entity_id': parent.entityId,
    'process.parent.pid': parent.pid,
    'process.parent.executable': parent.executable,
    'process.parent.command_line': parent.commandLine,
  };
}

function userFields(account: string): Extra {
  const slash = account.indexOf('\\');
  if (slash < 0) return { 'user.name': account };
  return { 'user.domain': account.slice(0, slash), 'user.name': account.slice(slash + 1) };
}

/** Names as the version resource has them; of all other programs the image's name is as good. */
const ORIGINAL_NAMES: Readonly<Record<string, string>> = {
  'mshta.exe': 'MSHTA.EXE',
  'powershell.exe': 'PowerShell.EXE',
  'pwsh.exe': 'pwsh.dll',
  'cmd.exe': 'Cmd.Exe',
  'rundll32.exe': 'RUNDLL32.EXE',
  'regsvr32.exe': 'REGSVR32.EXE',
  'certutil.exe': 'CertUtil.exe',
  'winword.exe': 'WinWord.exe',
  'excel.exe': 'Excel.exe',
  'outlook.exe': 'Outlook.exe',
  'conhost.exe': 'CONHOST.EXE',
  'explorer.exe': 'EXPLORER.EXE',
};

function originalFileName(executable: string): string {
  const name = baseName(executable);
  return ORIGINAL_NAMES[name.toLowerCase()] ?? name;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('\\') + 1);
}

const UNIT_MICROS: Readonly<Record<string, number>> = {
  ms: 1000,
  s: MICROS_PER_SECOND,
  m: MICROS_PER_MINUTE,
  h: MICROS_PER_HOUR,
  d: MICROS_PER_DAY,
};

function distanceMicros(text: string): number {
  const parts = /^(-?\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(text);
  const unit = UNIT_MICROS[parts?.[2] ?? ''];
  assert(parts !== null && unit !== undefined, `distance ${text}`);
  return Math.round(Number(parts[1]) * unit);
}

/** Sixty-four hex digits of FNV-1a with eight starts: spreads well, resists nobody. */
function quickDigest(text: string): string {
  let hex = '';
  for (let lane = 0; lane < 8; lane++) {
    let hash = (0x811c9dc5 ^ Math.imul(lane, 0x9e3779b1)) >>> 0;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 0;
    hex += (hash ^ (hash >>> 13)).toString(16).padStart(8, '0').slice(-8);
  }
  return hex;
}
