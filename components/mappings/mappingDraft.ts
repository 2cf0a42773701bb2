import type { Mapping, MappingCondition, MappingPreview, MappingRule } from '@/lib/contracts/mappings';

/** The field that a path fills; undefined when it fills none. */
export function fieldOf(mapping: Mapping, path: string): string | undefined {
  return Object.entries(mapping.fields).find(([, from]) => from === path)?.[0];
}

/** Has a path fill a field, or none with null. A field has one path: whichever filled it before fills nothing then. */
export function withField(mapping: Mapping, path: string, field: string | null): Mapping {
  const before = fieldOf(mapping, path);
  const fields = Object.fromEntries(
    Object.entries(mapping.fields).filter(([name]) => name !== before && name !== field),
  );
  return { ...mapping, fields: field === null ? fields : { ...fields, [field]: path } };
}

/** Sets the value that all records share for a field; an empty one takes it away. */
export function withConstant(mapping: Mapping, field: string, value: string): Mapping {
  const { [field]: _, ...rest } = mapping.constants;
  return { ...mapping, constants: value === '' ? rest : { ...rest, [field]: value } };
}

/** Puts a rule in the place of one, behind all others, or (null) takes one away. */
export function withRule(mapping: Mapping, place: number, rule: MappingRule | null): Mapping {
  const rules = [...mapping.kindRules];
  rules.splice(place, 1, ...(rule === null ? [] : [rule]));
  return { ...mapping, kindRules: rules };
}

/** A rule for records of one type; records of a kind that has such a rule join it. */
export function withType(mapping: Mapping, type: string, kind: MappingRule['kind']): Mapping {
  const path = mapping.fields['event.code'];
  if (path === undefined) return mapping;
  const place = mapping.kindRules.findIndex(
    ({ kind: same, when }) =>
      same === kind && when.length === 1 && when[0]?.path === path && ['is', 'in'].includes(when[0].test),
  );
  const values = [...(mapping.kindRules[place]?.when[0]?.values ?? []), type];
  const rule: MappingRule = { when: [{ path, test: values.length > 1 ? 'in' : 'is', values }], kind };
  return withRule(mapping, place < 0 ? mapping.kindRules.length : place, rule);
}

/** Tests that compare with nothing. */
export function isBare(test: MappingCondition['test']): boolean {
  return test === 'exists' || test === 'missing';
}

/** What is typed into a condition: for `in`, several values that stand apart by a bar. */
export function valuesOf(text: string, test: MappingCondition['test']): string[] {
  return (test === 'in' ? text.split('|') : [text])
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/** Types of the previewed records that no rule speaks of, most frequent first. */
export function ignoredTypes(preview: MappingPreview): readonly { type: string; records: number }[] {
  const counts = new Map<string, number>();
  const prefix = `${preview.mapping.name} `;
  for (const { outcome, reason } of preview.records) {
    if (outcome !== 'ignored' || reason === null || !reason.startsWith(prefix)) continue;
    const type = reason.slice(prefix.length);
    if (type !== 'of no rule') counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  return [...counts].map(([type, records]) => ({ type, records })).sort((a, b) => b.records - a.records);
}

/** Whether a mapping can be sent for a preview: a rule that is still being filled in cannot. */
export function isWhole(mapping: Mapping): boolean {
  return (
    mapping.name.trim() !== '' &&
    mapping.kindRules.every(({ when }) =>
      when.every(({ path, test, values }) => path !== '' && (isBare(test) || values.length > 0)),
    )
  );
}

/** How sure a guess is, in a word. */
export function sureness(confidence: number): 'sure' | 'likely' | 'a guess' {
  return confidence >= 0.85 ? 'sure' : confidence >= 0.6 ? 'likely' : 'a guess';
}

/** Fields by what they are of, for a list to choose from. */
export function fieldGroups(fields: readonly string[]): readonly { title: string; fields: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const field of fields) {
    const title = GROUPS.find(([start]) => field.startsWith(start))?.[1] ?? 'Other';
    groups.set(title, [...(groups.get(title) ?? []), field]);
  }
  return [...groups].map(([title, inGroup]) => ({ title, fields: inGroup.sort() }));
}

const GROUPS: readonly (readonly [string, string])[] = [
  ['@timestamp', 'Every event'],
  ['host.', 'Every event'],
  ['event.code', 'Every event'],
  ['user.', 'User'],
  ['process.parent.', 'Parent process'],
  ['process.', 'Process'],
  ['file.', 'File'],
  ['destination.', 'Network'],
  ['source.', 'Network'],
  ['network.', 'Network'],
  ['url.', 'Network'],
  ['dns.', 'DNS'],
  ['registry.', 'Registry'],
  ['dll.', 'Library'],
  ['rule.', 'Alert'],
  ['threat.', 'Alert'],
  ['event.', 'Alert'],
  ['message', 'Alert'],
];

/** What a field is, where its name does not say it to everybody. */
export function fieldWord(field: string): string {
  const word = WORDS[field];
  return word === undefined ? field : `${field} (${word})`;
}

const WORDS: Readonly<Record<string, string>> = {
  '@timestamp': 'time',
  'host.name': 'machine',
  'host.id': 'id of the machine',
  'event.code': 'type of record',
  'process.entity_id': 'unique id',
  'process.executable': 'path of the image',
  'process.name': 'image without folder',
  'process.hash': 'hash of any kind',
  'file.hash': 'hash of any kind',
  'file.directory': 'folder',
  'file.name': 'name in the folder',
  'registry.key': 'key',
  'registry.value': 'name in the key',
  'destination.domain': 'name of the other side',
  'destination.ip': 'address of the other side',
  'event.id': 'id of the alert',
};
