/** ECS fields of processes, files, registry, network and names that a remark is most often about. */
export const COMMON_FIELDS = [
  'process.command_line',
  'process.executable',
  'process.name',
  'process.parent.executable',
  'process.parent.command_line',
  'process.hash.sha256',
  'user.name',
  'file.path',
  'file.hash.sha256',
  'registry.path',
  'registry.data.strings',
  'destination.ip',
  'destination.port',
  'destination.domain',
  'dns.question.name',
  'url.full',
] as const;

/** As the server takes a field's name. */
const FIELD = /^[A-Za-z@][\w.@-]{0,99}$/;

/** What is wrong with a field's name, in one sentence; null for a name, and for none. */
export function fieldProblem(field: string): string | null {
  if (field === '' || FIELD.test(field)) return null;
  return field.length > 100
    ? 'A field has at most 100 characters.'
    : 'A field begins with a letter and has letters, digits, dots, dashes and @ only, such as process.command_line.';
}
