/** Lower case, without surrounding blanks and the trailing dot of a rooted name. */
export function normaliseHostName(name: string): string {
  const lower = name.trim().toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/** The name without its domain; addresses are returned whole. */
export function shortHostName(name: string): string {
  if (ADDRESS.test(name)) return name;
  const dot = name.indexOf('.');
  return dot <= 0 ? name : name.slice(0, dot);
}

const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]+)$/;
