/** For tests: a rule on process creation, of our own writing. Fields that are given replace its own; undefined ones go. */
export function ruleText(fields: {
  readonly id: string;
  readonly title?: string;
  readonly level?: string;
  readonly status?: string;
  readonly tags?: readonly string[];
  readonly name?: string;
  readonly author?: string;
  readonly logsource?: Readonly<Record<string, string>>;
  /** Lines of YAML under `selection`. */
  readonly selection?: string;
}): string {
  const { id, title = `Rule ${id}`, level = 'high', status = 'test', tags = [], name } = fields;
  const logsource = fields.logsource ?? { product: 'windows', category: 'process_creation' };
  return [
    `title: ${title}`,
    `id: ${id}`,
    ...(name === undefined ? [] : [`name: ${name}`]),
    `status: ${status}`,
    'description: A rule of a test.',
    `author: ${fields.author ?? 'Sequela tests'}`,
    ...(tags.length === 0 ? [] : ['tags:', ...tags.map((tag) => `  - ${tag}`)]),
    'logsource:',
    ...Object.entries(logsource).map(([key, value]) => `  ${key}: ${value}`),
    'detection:',
    '  selection:',
    `    ${fields.selection ?? "Image|endswith: '\\mshta.exe'"}`,
    '  condition: selection',
    `level: ${level}`,
    '',
  ].join('\n');
}

/** For tests: a correlation that holds when any of the rules it names is hit often enough. */
export function correlationText(id: string, rules: readonly string[], level = 'high'): string {
  return [
    `title: Correlation ${id}`,
    `id: ${id}`,
    'status: test',
    'correlation:',
    '  type: event_count',
    '  rules:',
    ...rules.map((rule) => `    - ${rule}`),
    '  group-by:',
    '    - Computer',
    '  timespan: 10m',
    '  condition:',
    '    gte: 2',
    `level: ${level}`,
    '',
  ].join('\n');
}

/** For tests: a filter that narrows the rules it names. */
export function filterText(id: string, rules: readonly string[]): string {
  return [
    `title: Filter ${id}`,
    `id: ${id}`,
    'logsource:',
    '  product: windows',
    '  category: process_creation',
    'filter:',
    '  rules:',
    ...rules.map((rule) => `    - ${rule}`),
    '  selection:',
    "    User|startswith: 'ADM_'",
    '  condition: not selection',
    '',
  ].join('\n');
}

/** For tests: a UUID with this number at its end. */
export function ruleIdOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
