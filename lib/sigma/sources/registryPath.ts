/** How logs and products begin a registry path, in the order in which they are tried, and how Sysmon does. */
const ROOTS: readonly (readonly [begins: string, as: string])[] = [
  ['\\registry\\machine\\', 'HKLM\\'],
  ['\\registry\\user\\', 'HKU\\'],
  ['hkey_local_machine\\', 'HKLM\\'],
  ['hkey_users\\', 'HKU\\'],
  ['hkey_classes_root\\', 'HKCR\\'],
  ['hkey_current_user\\', 'HKU\\'],
  ['hkcu\\', 'HKU\\'],
  ['machine\\', 'HKLM\\'],
  ['user\\', 'HKU\\'],
];

const CONTROL_SET = /^HKLM\\SYSTEM\\ControlSet00\d\\/i;

/**
 * A registry path as Sysmon writes it, and so Sigma's rules: `HKLM\…`, `HKU\S-1-5-21-…\…`, and the current control set
 * by that name. A path that begins otherwise is returned as it is.
 */
export function sysmonRegistryPath(path: string): string {
  const head = path.slice(0, 20).toLowerCase();
  const root = ROOTS.find(([begins]) => head.startsWith(begins));
  const short = root === undefined ? path : root[1] + path.slice(root[0].length);
  return CONTROL_SET.test(short) ? short.replace(CONTROL_SET, 'HKLM\\System\\CurrentControlSet\\') : short;
}

/**
 * A registry value as rules may ask for it: a number also as Sysmon renders a DWORD (`DWORD (0x00000001)`), where
 * nothing tells that it is text.
 */
export function registryDetails(data: string): string | readonly string[] {
  if (!/^(?:\d{1,10}|0x[0-9a-f]{1,8})$/i.test(data)) return data;
  const number = Number(data);
  return number > 0xffff_ffff ? data : [data, dword(number)];
}

/** As Sysmon renders a DWORD. */
export function dword(number: number): string {
  return `DWORD (0x${number.toString(16).padStart(8, '0')})`;
}

/** As Sysmon renders a QWORD. */
export function qword(number: bigint): string {
  const hex = number.toString(16).padStart(16, '0').slice(-16);
  return `QWORD (0x${hex.slice(0, 8)}-0x${hex.slice(8)})`;
}
