import { MICROS_PER_DAY, MICROS_PER_MINUTE } from '../base/time';
import { fileName } from '../events/paths';
import type { HandoverKind, ProcessNode } from './lineage';
import { isSystemAccount, sameUser } from './sameUser';

/**
 * A part of Windows that starts programs on request. One entry per way: who is recorded as the parent, how
 * long after the request the start may follow, who may ask whom, and which words in a text make it a request.
 */
export type Carrier = {
  readonly kind: HandoverKind;
  /** As the sentence names it: `wmic.exe asked <name> to start mshta.exe`. */
  readonly name: string;
  /** Whether this process, a recorded parent, carries out such requests. */
  readonly carries: (parent: ProcessNode) => boolean;
  /** How far before the start the request may lie, microseconds. */
  readonly reach: number;
  /** Whether the asker's request can run as the user it ran as; unknown users contradict nothing. */
  readonly allows: (asker: ProcessNode, started: ProcessNode) => boolean;
  /** A text with one of these, lower case, makes such requests: a bare program's name in it is one then. */
  readonly words: readonly string[];
  /** Whether a text without any of the words is a request too, for it holds the whole command; graded weak. */
  readonly anyText: boolean;
};

const REACH = 60 * 1_000_000;
const DEFERRED = 7 * MICROS_PER_DAY;

const asSameUser: Carrier['allows'] = (asker, started) => sameUser(asker, started) !== false;

/** A task or service may run as the system whoever made it; as another person it was made by another. */
const asSameUserOrSystem: Carrier['allows'] = (asker, started) =>
  isSystemAccount(asker) || isSystemAccount(started) || asSameUser(asker, started);

export const CARRIERS: readonly Carrier[] = [
  {
    kind: 'wmi',
    name: 'WMI',
    carries: named('wmiprvse.exe'),
    reach: REACH,
    allows: asSameUser,
    words: ['wmic', 'win32_process', 'wmimethod', 'cimmethod', 'winmgmts', 'wmiclass'],
    anyText: true,
  },
  {
    kind: 'task',
    name: 'the task scheduler',
    carries: (parent) =>
      named('taskeng.exe', 'taskhostw.exe', 'taskhost.exe')(parent) || hosts(parent, 'schedule'),
    reach: DEFERRED,
    allows: asSameUserOrSystem,
    words: ['schtasks', 'scheduledtask', 'schedule.service'],
    anyText: false,
  },
  {
    kind: 'service',
    name: 'the service manager',
    carries: named('services.exe'),
    reach: DEFERRED,
    allows: asSameUserOrSystem,
    words: ['binpath', 'new-service', 'createservice'],
    anyText: false,
  },
  {
    kind: 'run_key',
    name: 'Windows, by a Run key,',
    carries: named('explorer.exe', 'userinit.exe', 'runonce.exe'),
    reach: DEFERRED,
    allows: asSameUserOrSystem,
    words: ['currentversion\\run'],
    anyText: false,
  },
  {
    kind: 'com',
    name: 'Explorer through its COM class',
    carries: named('explorer.exe'),
    reach: REACH,
    allows: asSameUser,
    words: ['9ba05972-f6a8-11cf-a442-00a0c90a8f39', 'c08afd90-f2a1-11d1-8455-00a0c91f3880', '.shellexecute('],
    anyText: false,
  },
  {
    kind: 'com',
    name: 'COM',
    carries: (parent) => named('dllhost.exe')(parent) || hosts(parent, 'dcomlaunch'),
    reach: REACH,
    allows: asSameUser,
    words: [
      '-comobject',
      'createobject',
      'gettypefromclsid',
      'gettypefromprogid',
      'createinstance',
      'getobject',
    ],
    anyText: true,
  },
];

/** What programs COM starts for a class: a text that names the class has asked for the program. */
export const COM_PROGRAMS: ReadonlyMap<string, readonly string[]> = new Map([
  ['mmc', ['mmc20.application', '49b2791a-b1ae-4c90-9b8e-e860ba07f889']],
  ['mshta', ['htafile', '3050f4d8-98b5-11cf-bb82-00aa00bdce0b']],
  ['excel', ['excel.application', '00024500-0000-0000-c000-000000000046']],
  ['winword', ['word.application', '000209ff-0000-0000-c000-000000000046']],
  ['powerpnt', ['powerpoint.application', '91493441-5a91-11cf-8700-00aa0060263b']],
  ['outlook', ['outlook.application', '0006f03a-0000-0000-c000-000000000046']],
  ['visio', ['visio.application', '00021a20-0000-0000-c000-000000000046']],
  ['iexplore', ['internetexplorer.application', '0002df01-0000-0000-c000-000000000046']],
]);

/** A registry key's classes by which a program has Explorer start another: ShellWindows, ShellBrowserWindow. */
export const SHELL_CLASSES: readonly string[] = [
  '9ba05972-f6a8-11cf-a442-00a0c90a8f39',
  'c08afd90-f2a1-11d1-8455-00a0c91f3880',
];

/** A COM request to Explorer precedes the start by at most this (ANALYTICS B.1). */
export const SHELL_REACH = 5 * 1_000_000;

/** Between a record that names a task or service and the command that made it. */
export const NAMING_REACH = MICROS_PER_MINUTE;

function named(...names: readonly string[]): (process: ProcessNode) => boolean {
  return ({ image }) => image !== undefined && names.includes(fileName(image));
}

/** A service host of this service; one whose services are not recorded could be. */
function hosts(process: ProcessNode, service: string): boolean {
  if (!named('svchost.exe')(process)) return false;
  const line = process.commandLine?.toLowerCase();
  if (line === undefined || line.includes(service)) return true;
  const single = /\s-s\s/.test(line);
  return service === 'schedule' && !single && line.includes('netsvcs');
}
