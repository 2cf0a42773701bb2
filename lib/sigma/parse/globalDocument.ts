import type { YamlEntry, YamlMap } from './yamlValue';

/**
 * A document with what an `action: global` before it says put under it: maps are joined key by key, of anything else
 * the document's own stands.
 */
export function merged(shared: YamlMap, own: YamlMap): YamlMap {
  const entries = new Map<string, YamlEntry>(shared.entries);
  entries.delete('action');
  for (const [key, entry] of own.entries) {
    const before = entries.get(key);
    const both = before?.value.kind === 'map' && entry.value.kind === 'map';
    entries.set(
      key,
      both ? { at: entry.at, value: merged(before.value as YamlMap, entry.value as YamlMap) } : entry,
    );
  }
  return { kind: 'map', entries, at: own.at };
}
