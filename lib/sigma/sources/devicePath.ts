import type { FieldValue } from '../rule';

const DEVICE = /^\\device\\harddiskvolume\d+(\\.*)$/is;

/**
 * A path for rules that name `C:\Windows\`: one that is written by its device also as on C:, which the system's volume
 * nearly always is.
 */
export function devicePath(path: string): FieldValue {
  if (path.charCodeAt(0) !== BACKSLASH) return path;
  const rest = DEVICE.exec(path)?.[1];
  return rest === undefined ? path : [path, `C:${rest}`];
}

/**
 * The same for an image. Where a product keeps no more than its name, also as the end of a path, since rules ask for
 * `\mshta.exe`.
 */
export function imagePath(path: string): FieldValue {
  if (path === '' || path.includes('\\') || path.includes('/')) return devicePath(path);
  return [path, `\\${path}`];
}

const BACKSLASH = 92;
