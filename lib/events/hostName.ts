/** Lower case, without surrounding blanks and the trailing dot of a rooted name. */
export function normaliseHostName(name: string): string {
  const lower = name.trim().toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/** The name without its domain; addresses, and what is no host name (it holds a blank), are returned whole. */
export function shortHostName(name: string): string {
  if (ADDRESS.test(name) || name.includes(' ')) return name;
  const dot = name.indexOf('.');
  return dot <= 0 ? name : name.slice(0, dot);
}

/**
 * The host of an event whose record names no machine, such as a row of Event Viewer's CSV. Only a format says it;
 * the reader of an upload puts unnamedHostOf in its place, so that files of two machines do not mix.
 */
export const UNNAMED_HOST = 'unnamed-host';

/**
 * The host that stands for the unnamed machine of one file, by the last part of the file's path, until a person
 * joins it to its real host.
 */
export function unnamedHostOf(file: string): string {
  const name = (file.split(/[/\\]/).at(-1) ?? '').replace(/\p{C}/gu, '\ufffd');
  return normaliseHostName(`${UNNAMED_HOST} ${Array.from(name).slice(0, FILE_NAME_MAX).join('')}`);
}

const FILE_NAME_MAX = 100;

const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]+)$/;
