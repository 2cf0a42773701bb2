import type { Scenario, StoryProcess } from '../../events/story';

const OFFICE = 'C:\\Program Files\\Microsoft Office\\root\\Office16';
export const SYSTEM32 = 'C:\\Windows\\System32';
export const OUTLOOK = `${OFFICE}\\OUTLOOK.EXE`;
export const WORD = `${OFFICE}\\WINWORD.EXE`;
export const READER = 'C:\\Program Files\\Adobe\\Acrobat DC\\Acrobat\\Acrobat.exe';
export const EDGE = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
export const CHROME = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
export const SEVEN_ZIP = 'C:\\Program Files\\7-Zip\\7zFM.exe';
export const WINRAR = 'C:\\Program Files\\WinRAR\\WinRAR.exe';
export const NODE = 'C:\\Program Files\\nodejs\\node.exe';
export const MSHTA = `${SYSTEM32}\\mshta.exe`;
export const CMD = `${SYSTEM32}\\cmd.exe`;
export const WSCRIPT = `${SYSTEM32}\\wscript.exe`;
export const RUNDLL32 = `${SYSTEM32}\\rundll32.exe`;
export const SVCHOST = `${SYSTEM32}\\svchost.exe`;
export const POWERSHELL = `${SYSTEM32}\\WindowsPowerShell\\v1.0\\powershell.exe`;
export const SYSTEM = 'NT AUTHORITY\\SYSTEM';

/** Where a control server of our stories answers: an address kept for documentation, without a name, on an odd port. */
export const CONTROL = { address: '203.0.113.77', port: 8444 } as const;

/** Folder of the story's person. */
export function homeOf(s: Scenario): string {
  return `C:\\Users\\${s.user.slice(s.user.indexOf('\\') + 1)}`;
}

/** Where Outlook keeps the attachments that were opened. */
export function mailCacheOf(s: Scenario): string {
  return `${homeOf(s)}\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\7QX1M3ZB`;
}

/** Chrome's saved passwords of the story's person. */
export function loginDataOf(s: Scenario): string {
  return `${homeOf(s)}\\AppData\\Local\\Google\\Chrome\\User Data\\Default\\Login Data`;
}

/** A local file as a browser's address. */
export function fileUrl(path: string): string {
  return `file:///${path.replaceAll('\\', '/')}`;
}

/** A program writes a file and marks it as come from the web. */
export function saves(
  s: Scenario,
  program: StoryProcess,
  path: string,
  origin: { readonly hostUrl?: string; readonly referrerUrl?: string } = {},
): void {
  s.writes(program, path);
  s.marks(program, path, origin);
}

/** A second after now, a program reaches the control server. */
export function callsControl(s: Scenario, program: StoryProcess): void {
  s.after('1s');
  s.connects(program, CONTROL.address, CONTROL.port);
}
