import type { Micros } from '../../base/time';
import { type Day, later } from '../day';
import { type Running, SYSTEM } from '../sensor';

/** The long-lived processes of a working day that everything else starts from. */
export type Desk = {
  readonly services: Running;
  /** `svchost -s Schedule`: parent of scheduled tasks. */
  readonly schedule: Running;
  /** `svchost -k DcomLaunch`: parent of COM servers. */
  readonly dcom: Running;
  readonly defender: Running;
  readonly explorer: Running;
  readonly outlook: Running;
  /** The browser's first process, and the utility child that does its network. */
  readonly edge: Running;
  readonly edgeNetwork: Running;
  readonly teams: Running;
};

export const EDGE = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
export const OUTLOOK = 'C:\\Program Files\\Microsoft Office\\root\\Office16\\OUTLOOK.EXE';
export const WINWORD = 'C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE';
export const EXCEL = 'C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE';
export const POWERSHELL = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe';
export const CMD = 'C:\\Windows\\System32\\cmd.exe';
export const CONHOST = 'C:\\Windows\\System32\\conhost.exe';
export const SVCHOST = 'C:\\Windows\\System32\\svchost.exe';

/** Boots (or finds running) the machine, signs its owner in and opens mail, browser and chat. */
export function openDesk(day: Day): Desk {
  const { sensor, machine, random } = day;
  const boot = day.at('07:38:11.204');
  const begin = (delay: number, image: string, commandLine: string, parent: Running | undefined): Running =>
    machine.boots
      ? sensor.starts(later(boot, delay), image, {
          account: SYSTEM,
          commandLine,
          ...(parent === undefined ? {} : { parent }),
        })
      : sensor.knows(image, SYSTEM, commandLine);

  const wininit = begin(0, 'C:\\Windows\\System32\\wininit.exe', 'wininit.exe', undefined);
  const services = begin(
    210,
    'C:\\Windows\\System32\\services.exe',
    'C:\\Windows\\system32\\services.exe',
    wininit,
  );
  const dcom = begin(900, SVCHOST, `${SVCHOST} -k DcomLaunch -p`, services);
  const schedule = begin(1400, SVCHOST, `${SVCHOST} -k netsvcs -p -s Schedule`, services);
  const defender = begin(
    2600,
    'C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.25110.6-0\\MsMpEng.exe',
    '"C:\\ProgramData\\Microsoft\\Windows Defender\\Platform\\4.18.25110.6-0\\MsMpEng.exe"',
    services,
  );
  if (machine.boots) startServices(day, boot, services);
  const explorer = signIn(day, boot);

  const office = later(day.at('07:58:00'), random.int(0, 540_000));
  const outlook = sensor.starts(office, OUTLOOK, { parent: explorer });
  sensor.loads(later(office, 400), outlook, OFFICE_MODULES);
  const teams = sensor.starts(
    later(office, 21_000),
    'C:\\Program Files\\WindowsApps\\MSTeams_25290.205.4069.4894_x64__8wekyb3d8bbwe\\ms-teams.exe',
    {
      parent: explorer,
      originalFileName: 'ms-teams.exe',
    },
  );
  const { main, network } = openBrowser(day, later(office, 65_000), explorer);
  return { services, schedule, dcom, defender, explorer, outlook, edge: main, edgeNetwork: network, teams };
}

/** A Chromium browser: the first process and the children it always starts. */
function openBrowser(
  day: Day,
  at: Micros,
  parent: Running,
): { readonly main: Running; readonly network: Running } {
  const { sensor } = day;
  const main = sensor.starts(at, EDGE, { parent, commandLine: `"${EDGE}" --profile-directory=Default` });
  sensor.loads(later(at, 120), main, BROWSER_MODULES);
  startBrowserChild(
    day,
    later(at, 350),
    main,
    '--type=gpu-process --gpu-preferences=WAAAAAAAAADgAAAMAAAAAAAAAAAAAA',
  );
  const network = startBrowserChild(
    day,
    later(at, 380),
    main,
    '--type=utility --utility-sub-type=network.mojom.NetworkService --lang=en-GB --service-sandbox-type=none',
  );
  startBrowserChild(
    day,
    later(at, 410),
    main,
    '--type=utility --utility-sub-type=storage.mojom.StorageService',
  );
  startBrowserChild(day, later(at, 700), main, '--type=renderer --lang=en-GB --renderer-client-id=6');
  return { main, network };
}

/** One more child of the browser, by its arguments. */
export function startBrowserChild(day: Day, at: Micros, parent: Running, args: string): Running {
  return day.sensor.starts(at, EDGE, { parent, commandLine: `"${EDGE}" ${args}`, integrity: 'Low' });
}

/**
 * The program starts a second browser with a local file or an address; it hands over to the running one
 * and ends within a second. Returns that short-lived process.
 */
export function openInBrowser(day: Day, at: Micros, parent: Running, target: string): Running {
  const { sensor } = day;
  const visitor = sensor.starts(at, EDGE, { parent, commandLine: `"${EDGE}" --single-argument ${target}` });
  sensor.ends(later(at, 640), visitor);
  return visitor;
}

function startServices(day: Day, boot: Micros, services: Running): void {
  const { sensor } = day;
  SERVICES.forEach((service, i) => {
    const at = later(boot, 3000 + i * 170);
    const process = sensor.starts(at, SVCHOST, {
      parent: services,
      account: SYSTEM,
      commandLine: `${SVCHOST} -k ${service}`,
    });
    sensor.logsOn(later(at, 20), SYSTEM, 5);
    sensor.loads(later(at, 60), process, SERVICE_MODULES);
  });
}

function signIn(day: Day, boot: Micros): Running {
  const { sensor, machine } = day;
  const shell = 'C:\\Windows\\explorer.exe';
  if (!machine.boots) return sensor.knows(shell, machine.owner, 'C:\\Windows\\Explorer.EXE');
  const at = later(boot, 95_000);
  sensor.logsOn(at, machine.owner, 2);
  const winlogon = sensor.starts(later(boot, 600), 'C:\\Windows\\System32\\winlogon.exe', {
    account: SYSTEM,
    commandLine: 'winlogon.exe',
  });
  const userinit = sensor.starts(later(at, 1300), 'C:\\Windows\\System32\\userinit.exe', {
    parent: winlogon,
    account: machine.owner,
    commandLine: 'C:\\Windows\\system32\\userinit.exe',
  });
  const explorer = sensor.starts(later(at, 1700), shell, {
    parent: userinit,
    commandLine: 'C:\\Windows\\Explorer.EXE',
  });
  sensor.ends(later(at, 31_000), userinit);
  return explorer;
}

const SERVICES = [
  'LocalServiceNetworkRestricted -p -s EventLog',
  'netsvcs -p -s Winmgmt',
  'NetworkService -p -s Dnscache',
  'LocalService -p -s nsi',
  'netsvcs -p -s Themes',
  'LocalSystemNetworkRestricted -p -s SysMain',
  'netsvcs -p -s BITS',
  'NetworkService -p -s CryptSvc',
  'UnistackSvcGroup -s CDPUserSvc',
  'wsappx -p -s ClipSVC',
] as const;

const SERVICE_MODULES = [
  'C:\\Windows\\System32\\kernel.appcore.dll',
  'C:\\Windows\\System32\\sechost.dll',
  'C:\\Windows\\System32\\profapi.dll',
] as const;

const OFFICE_MODULES = [
  'C:\\Program Files\\Microsoft Office\\root\\Office16\\MSO.DLL',
  'C:\\Windows\\System32\\winhttp.dll',
  'C:\\Windows\\System32\\urlmon.dll',
] as const;

const BROWSER_MODULES = [
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\143.0.3650.80\\msedge.dll',
  'C:\\Windows\\System32\\dwrite.dll',
  'C:\\Windows\\System32\\dpapi.dll',
] as const;
