import { fileName } from '../events/paths';

/**
 * Programs that start others on somebody's request. Windows records them as the parent; the cause is
 * elsewhere. A link to one of them is true as parentage and broken as cause (ANALYTICS C.7, F 4-8).
 * Returns the sentence for the link, or undefined for an ordinary parent.
 */
export function interposerReason(
  parentImage: string | undefined,
  parentCommandLine: string | undefined,
): string | undefined {
  if (parentImage === undefined) return undefined;
  switch (fileName(parentImage)) {
    case 'wmiprvse.exe':
      return 'started by WMI on request: who asked is not in this link';
    case 'taskeng.exe':
    case 'taskhostw.exe':
      return 'started by the task scheduler: who made the task is not in this link';
    case 'dllhost.exe':
      return 'started by a COM host on request: who asked is not in this link';
    case 'services.exe':
      return 'started by the service manager: who made or started the service is not in this link';
    case 'svchost.exe':
      return serviceHostReason(parentCommandLine ?? '');
    default:
      return undefined;
  }
}

function serviceHostReason(commandLine: string): string {
  const line = commandLine.toLowerCase();
  if (line.includes('dcomlaunch'))
    return 'started by COM (DcomLaunch) on request: who asked is not in this link';
  if (line.includes('schedule'))
    return 'started by the task scheduler: who made the task is not in this link';
  return 'started by a service host on request: who asked is not in this link';
}
