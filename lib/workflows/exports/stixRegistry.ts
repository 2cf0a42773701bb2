import { observableId } from './stixIds';
import { given, type Keep, SPEC } from './stixMakers';

/** Hives by the short names sensors write; STIX wants them whole. */
const HIVES: Readonly<Record<string, string>> = {
  HKLM: 'HKEY_LOCAL_MACHINE',
  HKCU: 'HKEY_CURRENT_USER',
  HKU: 'HKEY_USERS',
  HKCR: 'HKEY_CLASSES_ROOT',
  HKCC: 'HKEY_CURRENT_CONFIG',
};

/** A registry key; of an event that sets a value, the path's last part is the value's name. Undefined without a path. */
export function keepRegistry(
  path: string | undefined,
  data: string | undefined,
  kind: string,
  keep: Keep,
): string | undefined {
  if (path === undefined || path === '') return undefined;
  const whole = path.replace(/^[^\\]+/, (hive) => HIVES[hive.toUpperCase()] ?? hive);
  const cut = whole.lastIndexOf('\\');
  const own =
    kind === 'registry_set' && cut > 0
      ? { key: whole.slice(0, cut), values: [{ name: whole.slice(cut + 1), ...given('data', data) }] }
      : { key: whole };
  return keep({
    type: 'windows-registry-key',
    id: observableId('windows-registry-key', own),
    ...SPEC,
    ...own,
  });
}
