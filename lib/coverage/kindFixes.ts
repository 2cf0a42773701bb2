import type { EventKind } from '../events/endpointEvent';
import { audit, channel, SCRIPT_BLOCKS, type SettingsBySource, sysmon, vendors } from './fixSettings';

/** How a kind of event comes to be recorded. */
export type KindFix = {
  /** What comes, as it stands in sentences: "network connections with their process". */
  readonly noun: string;
  readonly settings: SettingsBySource;
};

/** Kinds of event that stages hang on, by what records them (ANALYTICS E.1, E.2). */
export const KIND_FIXES: Readonly<Partial<Record<EventKind, KindFix>>> = {
  process_start: {
    noun: 'every process start with its parent',
    settings: {
      ...sysmon('<ProcessCreate onmatch="exclude"/>'),
      ...audit('Process Creation'),
      ...vendors({
        defender: 'DeviceProcessEvents',
        falcon: 'ProcessRollup2 and SyntheticProcessRollup2',
        elastic: 'Process',
        sentinelOne: 'Process',
      }),
    },
  },
  process_end: {
    noun: 'process ends',
    settings: {
      ...sysmon('<ProcessTerminate onmatch="exclude"/>'),
      ...audit('Process Termination'),
      ...vendors({ falcon: 'EndOfProcess', elastic: 'Process', sentinelOne: 'Process' }),
    },
  },
  file_create: {
    noun: 'new files with the program that wrote them',
    settings: {
      ...sysmon('<FileCreate onmatch="exclude"/>'),
      ...vendors({
        defender: 'DeviceFileEvents',
        falcon: 'the *FileWritten events, NewExecutableWritten and NewScriptWritten',
        elastic: 'File',
        sentinelOne: 'File',
      }),
    },
  },
  file_rename: {
    noun: 'renamed files',
    settings: {
      ...sysmon('<FileCreate onmatch="exclude"/>'),
      ...vendors({ defender: 'DeviceFileEvents', elastic: 'File', sentinelOne: 'File' }),
    },
  },
  file_delete: {
    noun: 'deleted files',
    settings: {
      ...sysmon('<FileDeleteDetected onmatch="exclude"/>'),
      ...vendors({ defender: 'DeviceFileEvents', elastic: 'File', sentinelOne: 'File' }),
    },
  },
  file_stream: {
    noun: 'where files came from (the mark of the web)',
    settings: {
      ...sysmon('<FileCreateStreamHash onmatch="exclude"/>'),
      ...vendors({
        defender: 'DeviceFileEvents (FileOriginUrl, FileOriginReferrerUrl)',
        falcon: 'MotwWritten',
        elastic: 'File',
        sentinelOne: 'File',
      }),
    },
  },
  file_access: {
    noun: 'reads of browser stores',
    settings: {
      ...audit(
        'File System',
        '; then an audit entry (SACL: Everyone, success, "Read data") on "Login Data", "Cookies" and "Local State" of each browser profile',
      ),
      ...vendors({ defender: 'DeviceEvents (SensitiveFileRead)', elastic: 'File' }),
    },
  },
  network_connect: {
    noun: 'network connections with their process',
    settings: {
      ...sysmon('<NetworkConnect onmatch="exclude"/>'),
      ...audit('Filtering Platform Connection'),
      ...vendors({
        defender: 'DeviceNetworkEvents',
        falcon: 'NetworkConnectIP4 and NetworkConnectIP6',
        elastic: 'Network',
        sentinelOne: 'IP',
      }),
    },
  },
  dns_query: {
    noun: 'DNS queries with their process',
    settings: {
      ...sysmon('<DnsQuery onmatch="exclude"/>'),
      ...channel('Microsoft-Windows-DNS-Client/Operational'),
      ...vendors({
        defender: 'DeviceEvents (DnsQueryResponse) and DeviceNetworkEvents',
        falcon: 'DnsRequest',
        elastic: 'DNS',
        sentinelOne: 'DNS',
      }),
    },
  },
  image_load: {
    noun: 'libraries that script hosts load',
    settings: {
      ...sysmon(
        '<ImageLoad onmatch="include"><Image condition="image">mshta.exe</Image><ImageLoaded condition="end with">\\mshtml.dll</ImageLoaded><ImageLoaded condition="end with">\\scrobj.dll</ImageLoaded><ImageLoaded condition="end with">\\wshom.ocx</ImageLoaded><ImageLoaded condition="end with">\\scrrun.dll</ImageLoaded></ImageLoad>',
      ),
      ...vendors({
        defender: 'DeviceImageLoadEvents',
        falcon: 'ClassifiedModuleLoad',
        elastic: 'DLL and Driver Load',
        sentinelOne: 'DLL Module Load',
      }),
    },
  },
  registry_set: {
    noun: 'registry values that are set',
    settings: {
      ...sysmon(
        '<RegistryEvent onmatch="include"><TargetObject condition="contains">\\CurrentVersion\\Run</TargetObject></RegistryEvent>',
      ),
      ...audit('Registry', '; then an audit entry (SACL) on the Run keys'),
      ...vendors({ defender: 'DeviceRegistryEvents', elastic: 'Registry', sentinelOne: 'Registry Keys' }),
    },
  },
  script_block: {
    noun: 'PowerShell script blocks',
    settings: {
      ...SCRIPT_BLOCKS,
      ...vendors({
        defender: 'DeviceEvents (PowerShellCommand, ScriptContent)',
        falcon: 'ScriptControlScanTelemetry',
        sentinelOne: 'Command Scripts',
      }),
    },
  },
  dpapi_use: {
    noun: 'uses of the user’s DPAPI key',
    settings: {
      ...channel('Microsoft-Windows-Crypto-DPAPI/Debug', ' /quiet:true'),
      ...vendors({ elastic: 'API' }),
    },
  },
  remote_thread: {
    noun: 'threads started in other processes',
    settings: {
      ...sysmon('<CreateRemoteThread onmatch="exclude"/>'),
      ...vendors({
        defender: 'DeviceEvents (CreateRemoteThreadApiCall)',
        elastic: 'API',
        sentinelOne: 'Cross Process',
      }),
    },
  },
  pipe_create: { noun: 'named pipes', settings: sysmon('<PipeEvent onmatch="exclude"/>') },
  pipe_connect: { noun: 'connections to named pipes', settings: sysmon('<PipeEvent onmatch="exclude"/>') },
  logon: {
    noun: 'logons',
    settings: {
      ...audit('Logon'),
      ...vendors({
        defender: 'DeviceLogonEvents',
        falcon: 'UserLogon',
        elastic: 'Security',
        sentinelOne: 'Login',
      }),
    },
  },
  task_create: {
    noun: 'scheduled tasks',
    settings: {
      ...audit('Other Object Access Events'),
      ...channel('Microsoft-Windows-TaskScheduler/Operational'),
      ...vendors({ defender: 'DeviceEvents (ScheduledTaskCreated)', sentinelOne: 'Scheduled Tasks' }),
    },
  },
  service_install: {
    noun: 'new services',
    settings: {
      ...audit('Security System Extension'),
      ...vendors({ defender: 'DeviceEvents (ServiceInstalled)' }),
    },
  },
  bits_transfer: {
    noun: 'BITS transfers',
    settings: channel('Microsoft-Windows-Bits-Client/Operational'),
  },
};
